// Settings of the JavaScript engine that keep the worker small. Measured on a worker with a model of 54M parameters: 265 MB without, 200 MB
// with these and the small young generation that `workerNodeArguments` in protocol/worker.ts asks for.
import v8 from "node:v8";

// The optimising compiler for WebAssembly takes 30 MB for the grammars and gives none of it back, and parsing gets no faster by it.
v8.setFlagsFromString("--liftoff-only");
