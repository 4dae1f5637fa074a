// Starts the parts below. Pages work without them; they save clicks and lost work.
import { startDialogs } from "./js/dialogs.js";
import { startForms } from "./js/forms.js";
import { startKeys } from "./js/keys.js";
import { startListening } from "./js/listening.js";
import { startTimes } from "./js/times.js";

startListening();
startDialogs();
startForms();
startKeys();
startTimes();
