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
        # A property that is missing from every record, or empty for everybody, holds the run; optional ones may be.
        UserName       = 'Mail'
        GivenName      = 'GivenName'
        FamilyName     = 'Surname'
        DisplayName    = @{ Property = 'DisplayName'; Optional = $true }
        Active         = 'AccountEnabled'
        Department     = @{ Property = 'Department'; Optional = $true }
        Organization   = @{ Property = 'CompanyName'; Optional = $true }
        EmployeeNumber = @{ Property = 'EmployeeId'; Optional = $true }
        Title          = @{ Property = 'JobTitle'; WriteOnly = $true; Optional = $true }
        Phone          = @{ Property = 'BusinessPhones'; Apply = 'OnCreate'; Optional = $true }
        Locale         = @{ Property = 'OfficeLocation'; Apply = 'OnCreate'; Optional = $true }

        # The record is $_; the manager's address is there after Get-MgUser -ExpandProperty Manager.
        Manager        = { if ($_.Manager) { $_.Manager.AdditionalProperties.mail } }

        # A licence by department, given once and then left to Zoom.
        License        = @{ Script = { if ($_.Department -eq 'Sales') { 'Licensed' } else { 'Basic' } }; Apply = 'OnCreate' }
    }
    Capabilities = @{ Create = $true; Adopt = $true; Update = $true; Disable = $true; Deprovision = $false }
    RemoveAction = 'Disable'

    # Unattended, nobody is deactivated on the word of one export: who is missing from two runs, one after the other, has left.
    # Whoever the source itself says is not active is deactivated at once.
    Leavers      = @{ MissingRuns = 2 }
    Protected    = @{ Users = @('zoom-rooms-*@example.com') }
    Guard        = @{ MaxDisable = 20; MaxDisablePercent = 5; MaxDelete = 0; MaxDeletePercent = 0; MaxSourceShrinkPercent = 20 }
}
