# People of Active Directory. Ask for what the rule reads:
#   $people = Get-ADUser -Filter * -SearchBase 'OU=Staff,DC=example,DC=com' -Properties EmailAddress, DisplayName, Title,
#       Department, Company, Office, OfficePhone, MobilePhone, EmployeeID, Manager
#   $people | Sync-ZoomScimUser -Rule examples/rules/ad.psd1 -WhatIf
@{
    Name         = 'AD staff with scripts'
    Description  = 'People with a mail address; disabled accounts are deactivated in Zoom.'

    # A person stays the same person when the mail address changes.
    Anchor       = 'ObjectGUID'

    # Disabled accounts stay in scope, so that they are deactivated by name and not by absence. A scriptblock would do too:
    # Scope = { $_.EmailAddress -and $_.SamAccountName -notmatch '^(svc|adm)-' }
    Scope        = 'EmailAddress pr and not (SamAccountName sw "svc-") and not (SamAccountName sw "adm-")'

    Match        = @('UserName', 'EmployeeNumber')
    Preset       = 'auto'
    Attributes   = @{
        # A property that is missing from every record, or empty for everybody, holds the run; optional ones may be.
        UserName       = 'EmailAddress'
        GivenName      = 'GivenName'
        FamilyName     = 'Surname'
        DisplayName    = @{ Template = '{GivenName} {Surname}' }
        Active         = 'Enabled'
        Department     = @{ Property = 'Department'; Optional = $true }
        Organization   = @{ Property = 'Company'; Optional = $true }
        EmployeeNumber = @{ Property = 'EmployeeID'; Optional = $true }

        # Zoom never tells the title; the rule's ledger remembers what was sent.
        Title          = @{ Property = 'Title'; WriteOnly = $true; Optional = $true }

        # Set once, and then left to whoever looks after it in Zoom. The record is $_.
        Phone          = @{ Script = { $_.OfficePhone -replace '^00', '+' }; Apply = 'OnCreate' }
        MobilePhone    = $null
        Locale         = @{ Property = 'Office'; Apply = 'OnCreate'; Optional = $true }
        License        = @{ Constant = 'Basic'; Apply = 'OnCreate' }

        # AD holds a distinguished name, Zoom wants an address:
        # Manager = { if ($_.Manager) { (Get-ADUser $_.Manager -Properties EmailAddress).EmailAddress } }
        Manager        = $null
    }

    # Groups are left alone. To put people into groups that exist in Zoom:
    # Groups = @('Zoom Staff', @{ Name = 'Zoom Sales'; When = 'Department eq "Sales"' })

    # A deactivated Zoom user of somebody's address may be a predecessor's, so it is not taken over; and whom an admin
    # deactivated in Zoom by hand is not activated again before that is approved. This is so without these two lines as well.
    AdoptInactive = $false
    Reactivate    = 'ask'

    # People are deactivated, never deleted.
    Capabilities = @{ Create = $true; Adopt = $true; Update = $true; Disable = $true; Deprovision = $false }
    RemoveAction = 'Disable'

    # Unattended, nobody is deactivated on the word of one export: who is missing from two runs, one after the other, has left.
    # Whoever the source itself says is not active is deactivated at once.
    Leavers      = @{ MissingRuns = 2 }

    # Never touched. Owners and admins never are anyway.
    Protected    = @{ Users = @('zoom-rooms-*@example.com') }

    # The most one run may take away before it stops to ask.
    Guard        = @{ MaxDisable = 20; MaxDisablePercent = 5; MaxDelete = 0; MaxDeletePercent = 0; MaxSourceShrinkPercent = 20 }
}
