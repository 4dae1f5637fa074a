// The proofreading desk: two panes that lead to each other. Without it every link here is a plain link.
import { startDoubts } from "./desk/doubts.js";
import { startFacts } from "./desk/facts.js";
import { startPanes } from "./desk/panes.js";
import { startPart } from "./desk/part.js";
import { startSelecting } from "./desk/selecting.js";

startPanes();
startFacts();
startPart();
startDoubts();
startSelecting();
