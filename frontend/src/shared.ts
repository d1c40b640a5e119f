// Pages that are shared with others: the end of a right, comments and their moments.
import "./elements/watch-pulse";
