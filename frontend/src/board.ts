// The storyboard page.
import "./elements/story-board";
