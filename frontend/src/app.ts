// Every page: htmx under its CSP extension, the theme switch and the small islands.
import "htmx.org";
import "htmx.org/dist/ext/hx-csp.js";
import "./elements/copy-button";
import "./elements/loop-clip";
import "./elements/prompt-field";
import "./elements/stage-player";
import "./elements/theme-switch";
