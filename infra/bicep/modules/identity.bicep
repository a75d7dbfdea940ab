metadata description = 'The one identity that the functions app runs as. User-assigned, so that roles exist before the app first starts.'

@description('Name of the identity.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
  tags: tags
}

@description('Resource id.')
output id string = identity.id

@description('Object id that roles are granted to.')
output principalId string = identity.properties.principalId

@description('Client id that Azure SDK clients ask tokens with.')
output clientId string = identity.properties.clientId
