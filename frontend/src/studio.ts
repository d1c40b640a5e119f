// The studio: following a job, its scenes and its knobs.
import "./elements/check-list";
import "./elements/job-stream";
import "./elements/knob-panel";
import "./elements/live-film";
import "./elements/scene-strip";
import "./elements/shortcut-list";
import "./elements/writing-desk";
