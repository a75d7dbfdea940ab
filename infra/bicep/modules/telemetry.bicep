metadata description = 'Logs and traces: a Log Analytics workspace and Application Insights on it. Only the app\'s identity may write.'

@description('Name that both resources end with.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Days that data is kept.')
param retentionDays int

@description('Name of the app\'s identity; role assignments are named after it.')
param publisherName string

@description('Object id of the identity that publishes telemetry.')
param publisherPrincipalId string

var monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: 'log-${name}'
  location: location
  tags: tags
  properties: {
    retentionInDays: retentionDays
    sku: {
      name: 'PerGB2018'
    }
    features: {
      disableLocalAuth: true
    }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-${name}'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
  }
}

resource publisher 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: insights
  name: guid(insights.id, publisherName, monitoringMetricsPublisher)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', monitoringMetricsPublisher)
    principalId: publisherPrincipalId
    principalType: 'ServicePrincipal'
  }
}

@description('Resource id of the workspace, for the diagnostic settings of other resources.')
output workspaceId string = workspace.id

@description('Where telemetry goes. Not a secret: local authentication is off, a token is needed as well.')
output connectionString string = insights.properties.ConnectionString
