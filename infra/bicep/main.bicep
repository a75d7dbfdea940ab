metadata description = 'The validator of subnet 23 on Azure: functions app, storage, key vault, identity, telemetry.'

targetScope = 'resourceGroup'

@description('Region of every resource.')
param location string = resourceGroup().location

@description('Short name that starts every resource name: lower case letters and digits.')
@minLength(3)
@maxLength(11)
param name string = 'niche'

@description('Tags put on every resource.')
param tags object = {}

@description('Number of the subnet. 23 is NicheImage on the main network.')
@minValue(0)
@maxValue(65535)
param netuid int = 23

@description('The chain: nodes of Subtensor, the preferred one first, separated by semicolons.')
@minLength(1)
param chainEndpoint string

@description('Address of the validator\'s own trusted GPU endpoint, the one that makes the references.')
@minLength(1)
param referenceEndpoint string

@description('Secret of the validator\'s hotkey (mnemonic or 0x seed). Empty leaves an existing secret in the vault as it is; never give the coldkey.')
@secure()
param hotkeySecret string = ''

@description('Object id of the person or group that may write secrets into the vault. Empty grants nobody.')
param operatorPrincipalId string = ''

@description('Pictures and texts over the HTTP API need an API key (/link in a chat makes one). False lets anybody order who knows the address.')
param requireApiKey bool = true

@description('Instances of the HTTP functions that are always warm. 0 saves money and costs a cold start on the first request.')
@minValue(0)
@maxValue(20)
param alwaysReadyHttp int = 1

@description('Upper bound of instances; a bound on cost as well.')
@minValue(1)
@maxValue(1000)
param maximumInstances int = 40

@description('Memory of one instance in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Redundancy of the storage account.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param storageSku string = 'Standard_LRS'

@description('Days that logs and traces are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

var suffix = take(uniqueString(resourceGroup().id, name), 8)
var hotkeySecretName = 'validator-hotkey'
// Known before the deployment runs, unlike the principal id: it names role assignments, so that what-if can predict them.
var identityName = 'id-${name}-${suffix}'

module identity 'modules/identity.bicep' = {
  params: {
    name: identityName
    location: location
    tags: tags
  }
}

module telemetry 'modules/telemetry.bicep' = {
  params: {
    name: '${name}-${suffix}'
    location: location
    tags: tags
    retentionDays: logRetentionDays
    publisherName: identityName
    publisherPrincipalId: identity.outputs.principalId
  }
}

module storage 'modules/storage.bicep' = {
  params: {
    name: 'st${name}${suffix}'
    location: location
    tags: tags
    sku: storageSku
    workerName: identityName
    workerPrincipalId: identity.outputs.principalId
  }
}

module vault 'modules/vault.bicep' = {
  params: {
    name: 'kv-${name}-${suffix}'
    location: location
    tags: tags
    readerName: identityName
    readerPrincipalId: identity.outputs.principalId
    operatorPrincipalId: operatorPrincipalId
    hotkeySecretName: hotkeySecretName
    hotkeySecret: hotkeySecret
    logWorkspaceId: telemetry.outputs.workspaceId
  }
}

module functions 'modules/functions.bicep' = {
  params: {
    name: 'func-${name}-${suffix}'
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
    packageContainerUrl: storage.outputs.packageContainerUrl
    telemetryConnectionString: telemetry.outputs.connectionString
    hotkeySecretUri: vault.outputs.hotkeySecretUri
    netuid: netuid
    chainEndpoint: chainEndpoint
    referenceEndpoint: referenceEndpoint
    requireApiKey: requireApiKey
    alwaysReadyHttp: alwaysReadyHttp
    maximumInstances: maximumInstances
    instanceMemoryMB: instanceMemoryMB
  }
}

@description('Name of the functions app, for publishing.')
output functionsAppName string = functions.outputs.name

@description('Public address of the API and the Studio.')
output functionsAppUrl string = functions.outputs.url

@description('Name of the storage account.')
output storageName string = storage.outputs.name

@description('Name of the vault that holds the hotkey.')
output vaultName string = vault.outputs.name

@description('Client id of the identity that the app runs as.')
output identityClientId string = identity.outputs.clientId
