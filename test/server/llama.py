# Starts llama.cpp's own HTTP server on a GGUF: python llama.py MODEL PORT ALIAS. Ends with its parent's signal.
import signal
import sys

import xllamacpp

params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.hostnames = ["127.0.0.1"]
params.port = int(sys.argv[2])
params.model_alias = {sys.argv[3]}
params.endpoint_props = True
params.cpuparams.n_threads = 1
params.n_ctx = 1024
params.n_parallel = 1
server = xllamacpp.Server(params)
print("listening", server.listening_address, flush=True)
signal.pause()
