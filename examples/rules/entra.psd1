# People of Entra ID. Ask for what the rule reads:
#   $people = Get-MgUser -All -ExpandProperty Manager -Property Id, Mail, UserPrincipalName, GivenName, Surname, DisplayName,
#       AccountEnabled, UserType, JobTitle, Department, CompanyName, OfficeLocation, BusinessPhones, EmployeeId
#   $people | Sync-ZoomScimUser -Rule examples/rules/entra.psd1 -WhatIf
@{
    Name         = 'Entra staff with scripts'
    Description  = 'Members with a mail address, no guests; disabled accounts are deactivated in Zoom.'
    Anchor       = 'Id'
    Scope        = 'Mail pr and UserType eq "Member"'
    Match        = @('UserName', 'EmployeeNumber')

    # Nothing but what stands here: Entra's own UserType (Member, Guest) is not Zoom's.
    Preset       = 'none'
    Attributes   = @{
        UserName       = 'Mail'
        GivenName      = 'GivenName'
        FamilyName     = 'Surname'
        DisplayName    = 'DisplayName'
        Active         = 'AccountEnabled'
        Department     = 'Department'
        Organization   = 'CompanyName'
        EmployeeNumber = 'EmployeeId'
        Title          = @{ Property = 'JobTitle'; WriteOnly = $true }
        Phone          = @{ Property = 'BusinessPhones'; Apply = 'OnCreate' }
        Locale         = @{ Property = 'OfficeLocation'; Apply = 'OnCreate' }

        # The record is $_; the manager's address is there after Get-MgUser -ExpandProperty Manager.
        Manager        = { if ($_.Manager) { $_.Manager.AdditionalProperties.mail } }

        # A licence by department, given once and then left to Zoom.
        License        = @{ Script = { if ($_.Department -eq 'Sales') { 'Licensed' } else { 'Basic' } }; Apply = 'OnCreate' }
    }
    Capabilities = @{ Create = $true; Adopt = $true; Update = $true; Disable = $true; Deprovision = $false }
    RemoveAction = 'Disable'
    Protected    = @{ Users = @('zoom-rooms-*@example.com') }
    Guard        = @{ MaxDisable = 20; MaxDisablePercent = 5; MaxDelete = 0; MaxDeletePercent = 0; MaxSourceShrinkPercent = 20 }
}
