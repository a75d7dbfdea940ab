metadata description = 'The functions app on Flex Consumption (Linux, .NET 10, isolated worker). Reaches everything with its identity; holds no key.'

@description('Name of the app.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Resource id of the identity the app runs as.')
param identityId string

@description('Client id of that identity.')
param identityClientId string

@description('Storage account of queues, blobs and tables.')
param storageName string

@description('Container that the app\'s package is deployed to.')
param packageContainerUrl string

@description('Connection string of Application Insights.')
param telemetryConnectionString string

@description('Address of the hotkey in the vault.')
param hotkeySecretUri string

@description('Number of the subnet.')
param netuid int

@description('Address of the chain.')
param chainEndpoint string

@description('Address of the trusted GPU endpoint.')
param referenceEndpoint string

@description('Work over the HTTP API needs an API key.')
param requireApiKey bool

@description('Always warm instances of the HTTP functions.')
param alwaysReadyHttp int

@description('Upper bound of instances.')
param maximumInstances int

@description('Memory of one instance in MB.')
param instanceMemoryMB int

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-${name}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainerUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        alwaysReady: alwaysReadyHttp == 0
          ? []
          : [
              {
                name: 'http'
                instanceCount: alwaysReadyHttp
              }
            ]
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstances
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
    }
  }
}

// Publishing goes through Entra tokens; the two basic-auth doors stay shut.
resource ftpDoor 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: app
  name: 'ftp'
  properties: {
    allow: false
  }
}

resource scmDoor 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: app
  name: 'scm'
  properties: {
    allow: false
  }
}

resource settings 'Microsoft.Web/sites/config@2024-04-01' = {
  parent: app
  name: 'appsettings'
  properties: {
    AzureWebJobsDisableHomepage: 'true' // the root is Studio
    AzureWebJobsStorage__accountName: storageName
    AzureWebJobsStorage__credential: 'managedidentity'
    AzureWebJobsStorage__clientId: identityClientId
    APPLICATIONINSIGHTS_CONNECTION_STRING: telemetryConnectionString
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
    Storage__Kind: 'azure'
    Validator__Netuid: string(netuid)
    Validator__ChainEndpoint: chainEndpoint
    Validator__HotkeySecret: '@Microsoft.KeyVault(SecretUri=${hotkeySecretUri})'
    Validator__ReferenceEndpoint: referenceEndpoint
    Api__RequireKey: string(requireApiKey)
    // NCRONTAB with seconds, UTC: Flex Consumption knows no plain time spans. The host itself resolves these, so the worker's own defaults do not reach it.
    Schedules__SyncMetagraph: '0 * * * * *'
    Schedules__RefreshCapacity: '30 * * * * *'
    Schedules__QueryRound: '0 */10 * * * *'
    Schedules__SetWeights: '15 * * * * *'
    Schedules__Housekeeping: '0 15 3 * * *'
    Schedules__BotUpkeep: '0 5 * * * *'
  }
}

@description('Name of the app.')
output name string = app.name

@description('Public address.')
output url string = 'https://${app.properties.defaultHostName}'
