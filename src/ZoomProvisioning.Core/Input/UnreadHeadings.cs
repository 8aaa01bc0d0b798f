using System;
using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning.Input;

/// <summary>
/// Columns that need not be named as not read: a directory's own bookkeeping, and what an export of this module holds besides the
/// person.
/// </summary>
internal static class UnreadHeadings
{
    private static readonly HashSet<string> OfPowerShell = Set("PSComputerName|PSShowComputerName|PSSourceJobInstanceId|RunspaceId");

    private static readonly HashSet<string> OfUsers = Set("Id|Attributes|Extension|ChangedAttributes|Detail|PhoneNumbers|Groups|Created|LastModified");

    private static readonly HashSet<string> OfResults = Set("Id|Action|Outcome|Reason|Changes|GroupChanges|IsStale|NotApplied|Verified|Warnings|User"
        + "|Source|Error");

    private static readonly HashSet<string> OfComparisons = Set("Difference|Details|Changes|ZoomId|User|Source");

    private static readonly HashSet<string> OfDirectories = Set(
        "DistinguishedName|dn|ObjectClass|ObjectCategory|ObjectGUID|ObjectSid|SID|Name|cn|SamAccountName|sAMAccountType|uid|UserPrincipalName"
        + "|userAccountControl|msDS-User-Account-Control-Computed|whenCreated|whenChanged|Created|Modified"
        + "|createTimeStamp|modifyTimeStamp|uSNCreated|uSNChanged|instanceType|codePage|countryCode|badPwdCount|badPasswordTime|lastLogon|lastLogoff"
        + "|lastLogonTimestamp|LastLogonDate|logonCount|pwdLastSet|PasswordLastSet|PasswordExpired"
        + "|PasswordNeverExpires|PasswordNotRequired|CannotChangePassword|LockedOut|lockoutTime|AccountLockoutTime|BadLogonCount|primaryGroupID"
        + "|PrimaryGroup|adminCount|dSCorePropagationData|memberOf|nTSecurityDescriptor|servicePrincipalName"
        + "|ServicePrincipalNames|proxyAddresses|legacyExchangeDN|mailNickname|showInAddressBook|msExchMailboxGuid|isDeleted|CanonicalName"
        + "|LastKnownParent|ProtectedFromAccidentalDeletion|sDRightsEffective|SIDHistory|objectSid"
        + "|TrustedForDelegation|TrustedToAuthForDelegation|AllowReversiblePasswordEncryption|DoesNotRequirePreAuth|AccountNotDelegated"
        + "|HomedirRequired|MNSLogonAccount|SmartcardLogonRequired|UseDESKeyOnly|Certificates|userCertificate"
        + "|CompoundIdentitySupported|KerberosEncryptionType|PrincipalsAllowedToDelegateToAccount|AuthenticationPolicy|AuthenticationPolicySilo"
        + "|LogonWorkstations|ScriptPath|ProfilePath|HomeDirectory|HomeDrive|changetype|structuralObjectClass"
        + "|entryUUID|entryCSN|entryDN|creatorsName|modifiersName|subschemaSubentry|hasSubordinates|userPassword|uidNumber|gidNumber|loginShell"
        + "|gecos|DomainController|Path|Properties|Controls|jpegPhoto|thumbnailPhoto"
        + "|PropertyNames|PropertyCount|AddedProperties|ModifiedProperties|RemovedProperties|Guid|ExchangeGuid|ExchangeObjectId|Identity"
        + "|OrganizationalUnit|ExternalDirectoryObjectId|WhenCreatedUTC|WhenChangedUTC|ObjectState|IsValid"
        + "|ExchangeVersion|Id|ObjectId|objectType|deletionTimestamp|odata.type|@odata.type|@odata.context|UserType|AdditionalProperties"
        + "|createdDateTime|creationType|passwordPolicies|onPremisesImmutableId|ImmutableId|onPremisesSyncEnabled"
        + "|onPremisesLastSyncDateTime|dirSyncEnabled|When created|Last dirsync time|Password never expires|Strong password required"
        + "|OAuth token metadata|Last password change time stamp|RecipientType|RecipientTypeDetails|Alias"
        + "|Licenses|Lizenzen|Licences|Licencias|Licenze|Licenties|Licenças|Licencje|Licenser|ライセンス|Usage location|Preferred data location"
        + "|Preferred language|Object Id");

    /// <summary>The headings of a layout that are no attributes of a person.</summary>
    public static Func<string, bool> TechnicalIn(RecordShape shape, Func<string, bool> has)
    {
        var isDirectory = shape is RecordShape.ActiveDirectory or RecordShape.EntraId or RecordShape.Microsoft365
            || has("RecipientTypeDetails") || has("SamAccountName") || has("ObjectClass");
        var isUser = has("ChangedAttributes") || (has("Detail") && has("Extension"));
        var isResult = has("Outcome") && has("Reason");
        var isComparison = has("Difference") && has("Details");
        return heading =>
        {
            var key = MappingPreset.Canonical(heading);
            return OfPowerShell.Contains(key) || (isDirectory && OfDirectories.Contains(key))
                || (isUser && OfUsers.Contains(key)) || (isResult && OfResults.Contains(key))
                || (isComparison && OfComparisons.Contains(key));
        };
    }

    private static HashSet<string> Set(string headings) => new(headings.Split('|').Select(MappingPreset.Canonical), StringComparer.Ordinal);
}
