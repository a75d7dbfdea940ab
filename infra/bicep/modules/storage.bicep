metadata description = 'Queues, blobs and tables of the validator. No shared keys, no anonymous reads: tokens of the app\'s identity only.'

@description('Name of the account: 3 to 24 lower case letters and digits.')
@minLength(3)
@maxLength(24)
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Redundancy.')
param sku string

@description('Name of the app\'s identity; role assignments are named after it.')
param workerName string

@description('Object id of the identity that works on queues, blobs and tables.')
param workerPrincipalId string

// Each queue has its poison queue from the start, so that an alert can watch it before the first failure.
var queues = [
  'organic-jobs'
  'organic-jobs-poison'
  'synthetic-jobs'
  'synthetic-jobs-poison'
  'score-jobs'
  'score-jobs-poison'
  'deliveries'
  'deliveries-poison'
  'bot-updates'
  'bot-updates-poison'
  'bot-progress'
  'bot-progress-poison'
  'bot-announcements'
  'bot-announcements-poison'
]

var packageContainer = 'app-package'
// Names as in the code (its files *Names.cs); a test compares them.
var containers = ['images', 'dataset', 'bot-pictures', packageContainer]

var tables = [
  'jobs'
  'waiting'
  'idempotency'
  'network'
  'miners'
  'standings'
  'verdicts'
  'receipts'
  'weights'
  'commits'
  'seen'
  'botevents'
  'botorders'
  'botlines'
  'botmessages'
  'botpeople'
  'botchannels'
  'botaccounts'
  'apikeys'
  'botlinks'
  'botinputs'
  'bothistory'
  'botfavorites'
  'botquotas'
  'bottalks'
  'botaudit'
  'botstate'
  'botterminal'
]

// The host's own leases and secrets need Owner on blobs; queues and tables need no more than Contributor.
var workerRoles = {
  storageBlobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  storageQueueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  storageTableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
}

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: sku
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

resource blobService 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: account
  name: 'default'
  properties: {
    deleteRetentionPolicy: {
      enabled: true
      days: 7
    }
  }
}

resource blobContainers 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = [
  for container in containers: {
    parent: blobService
    name: container
    properties: {
      publicAccess: 'None'
    }
  }
]

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2023-05-01' = {
  parent: account
  name: 'default'
}

resource jobQueues 'Microsoft.Storage/storageAccounts/queueServices/queues@2023-05-01' = [
  for queue in queues: {
    parent: queueService
    name: queue
  }
]

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2023-05-01' = {
  parent: account
  name: 'default'
}

resource stateTables 'Microsoft.Storage/storageAccounts/tableServices/tables@2023-05-01' = [
  for table in tables: {
    parent: tableService
    name: table
  }
]

resource grants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in items(workerRoles): {
    scope: account
    name: guid(account.id, workerName, role.value)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
      principalId: workerPrincipalId
      principalType: 'ServicePrincipal'
    }
  }
]

@description('Name of the account.')
output name string = account.name

@description('Container that published packages of the app lie in.')
output packageContainerUrl string = '${account.properties.primaryEndpoints.blob}${packageContainer}'
