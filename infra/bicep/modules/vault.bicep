metadata description = 'Key vault with the validator\'s hotkey. The app may read secrets; writing them is the operator\'s.'

@description('Name of the vault: 3 to 24 characters.')
@minLength(3)
@maxLength(24)
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Name of the app\'s identity; role assignments are named after it.')
param readerName string

@description('Object id of the identity that reads the hotkey.')
param readerPrincipalId string

@description('Object id of the person or group that writes secrets; empty grants nobody.')
param operatorPrincipalId string

@description('Name of the secret that holds the hotkey.')
param hotkeySecretName string

@description('The hotkey\'s secret; empty leaves the vault\'s secret as it is.')
@secure()
param hotkeySecret string

@description('Workspace that the vault\'s audit log goes to.')
param logWorkspaceId string

var keyVaultSecretsUser = '4633458b-17de-408a-b874-0445c86b69e6'
var keyVaultSecretsOfficer = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
  }
}

resource hotkey 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(hotkeySecret)) {
  parent: vault
  name: hotkeySecretName
  properties: {
    value: hotkeySecret
    contentType: 'hotkey secret of the validator'
  }
}

resource reader 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, readerName, keyVaultSecretsUser)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsUser)
    principalId: readerPrincipalId
    principalType: 'ServicePrincipal'
  }
}

resource operator 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(operatorPrincipalId)) {
  scope: vault
  name: guid(vault.id, operatorPrincipalId, keyVaultSecretsOfficer)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsOfficer)
    principalId: operatorPrincipalId
  }
}

// Who read the hotkey, and when: the first question after an incident.
resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'audit'
  properties: {
    workspaceId: logWorkspaceId
    logs: [
      {
        categoryGroup: 'audit'
        enabled: true
      }
    ]
  }
}

@description('Name of the vault.')
output name string = vault.name

@description('Address of the hotkey\'s newest version; an address, not the secret.')
output hotkeySecretUri string = '${vault.properties.vaultUri}secrets/${hotkeySecretName}'
