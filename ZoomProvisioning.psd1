@{
    RootModule             = 'ZoomProvisioning.dll'
    ModuleVersion          = '0.1.0'
    GUID                   = '6f0f3c0e-6a5b-4b7d-9a44-2d5e9d2f1c77'
    Author                 = 'ZoomProvisioning contributors'
    CompanyName            = 'ZoomProvisioning contributors'
    Copyright              = '(c) ZoomProvisioning contributors. MIT licence.'
    Description            = 'Keeps Zoom users in step with your own directory (Active Directory, Entra ID, CSV) over Zoom''s SCIM2 API with a Server-to-Server OAuth app. Comes with an embedded Zoom simulator, so everything can be tried without a Zoom account.'
    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    CompatiblePSEditions   = @('Desktop', 'Core')
    FormatsToProcess       = @('ZoomProvisioning.Format.ps1xml')
    CmdletsToExport        = @(
        'Connect-ZoomScim'
        'Disconnect-ZoomScim'
        'Get-ZoomScimConnection'
        'Set-ZoomScimConnection'
        'Test-ZoomConnection'
        'New-ZoomScimProfile'
        'Get-ZoomScimProfile'
        'Remove-ZoomScimProfile'
        'Get-ZoomScimUser'
        'Compare-ZoomScimUser'
        'Get-ZoomLicense'
        'New-ZoomScimUser'
        'Set-ZoomScimUser'
        'Remove-ZoomScimUser'
        'Get-ZoomScimGroup'
        'New-ZoomScimGroup'
        'Set-ZoomScimGroup'
        'Remove-ZoomScimGroup'
        'Add-ZoomScimGroupMember'
        'Remove-ZoomScimGroupMember'
        'New-ZoomProvisioningRule'
        'Get-ZoomProvisioningRule'
        'Set-ZoomProvisioningRule'
        'Remove-ZoomProvisioningRule'
        'New-ZoomProvisioningPlan'
        'Export-ZoomProvisioningPlan'
        'Import-ZoomProvisioningPlan'
        'Approve-ZoomProvisioningPlan'
        'Invoke-ZoomProvisioningPlan'
        'Sync-ZoomScimUser'
        'Get-ZoomProvisioningRun'
        'Undo-ZoomProvisioningRun'
        'Register-ZoomProvisioningTask'
        'Get-ZoomProvisioningHistory'
        'Test-ZoomProvisioningHistory'
        'Test-ZoomProvisioningNotification'
        'Export-ZoomProvisioningReport'
        'Get-ZoomScimSimulator'
        'Set-ZoomScimSimulator'
        'Export-ZoomScimSimulator'
        'Import-ZoomScimSimulator'
    )
    FunctionsToExport      = @()
    AliasesToExport        = @()
    VariablesToExport      = @()
    PrivateData            = @{
        PSData = @{
            Tags         = @('Zoom', 'SCIM', 'SCIM2', 'Provisioning', 'Identity', 'ActiveDirectory', 'EntraID', 'OAuth', 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://opensource.org/licenses/MIT'
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
