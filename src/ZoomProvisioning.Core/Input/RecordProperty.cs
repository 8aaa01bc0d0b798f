using ZoomProvisioning.Values;

namespace ZoomProvisioning.Input;

/// <summary>Reads a property of a record by any of its names, decoded.</summary>
internal static class RecordProperty
{
    /// <summary>The value under a name the record itself gives it.</summary>
    /// <exception cref="DamagedTextException">It cannot be decoded.</exception>
    public static object? Read(ISourceRecord record, string name) => LdapText.Decode(name, record.Read(name));

    /// <summary>The value of a property somebody asks for; null also when the record has none.</summary>
    /// <param name="record">The record.</param>
    /// <param name="property">The name asked for.</param>
    /// <param name="name">The name the record gives it; null when it has none.</param>
    public static object? Find(ISourceRecord record, string property, out string? name)
    {
        name = PropertyNames.Find(record.Names, property);
        if (name is not null)
        {
            return Read(record, name);
        }

        // Whether an account is enabled is a bit of userAccountControl in LDAP, and a property of its own in Microsoft's modules.
        if (PropertyNames.IsEnabled(property) && PropertyNames.Find(record.Names, "userAccountControl") is { } control)
        {
            name = control;
            return StateReader.Read(StateColumnKind.AccountControl, Read(record, control), default) switch
            {
                AccountState.Active => true,
                AccountState.Inactive => false,
                AccountState.Doubtful =>
                    throw new System.FormatException($"'{StateReader.TextOf(record.Read(control))}' in {control} is no number of account flags"),
                _ => null,
            };
        }

        return null;
    }
}
