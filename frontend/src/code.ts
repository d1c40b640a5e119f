// The code page.
import "./elements/code-editor";
