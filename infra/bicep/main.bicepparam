// An example: copy it, or set the environment variables named here. Secrets come from the environment, never from a file.
using 'main.bicep'

param name = 'niche'
param netuid = 23
param chainEndpoint = readEnvironmentVariable('NICHE_CHAIN_ENDPOINT', 'wss://entrypoint-finney.opentensor.ai:443')
param referenceEndpoint = readEnvironmentVariable('NICHE_REFERENCE_ENDPOINT', 'https://gpu.example.org')
param hotkeySecret = readEnvironmentVariable('NICHE_HOTKEY_SECRET', '')
param operatorPrincipalId = readEnvironmentVariable('NICHE_OPERATOR_PRINCIPAL_ID', '')
param alwaysReadyHttp = 1
param maximumInstances = 40
param instanceMemoryMB = 2048
