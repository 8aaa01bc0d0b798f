using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ZoomProvisioning;

/// <summary>
/// A Zoom user as a SCIM resource. The properties are a readable view of <see cref="Attributes"/>, which holds all that
/// Zoom sent, including attributes this module does not know.
/// </summary>
/// <remarks>
/// Scripts may make one (<c>[ZoomProvisioning.ScimUser]@{ UserName = 'jill@example.com'; GivenName = 'Jill' }</c>) or change
/// one; <see cref="ChangedAttributes"/> remembers which properties were set, and only those are ever sent.
/// </remarks>
public sealed class ScimUser
{
    private string[] _changed = NameList.Empty;

    /// <summary>Makes an empty user.</summary>
    public ScimUser()
        : this([], UserDetail.None)
    {
    }

    /// <summary>Wraps a user received from Zoom.</summary>
    /// <param name="attributes">The resource, as received; kept, not copied.</param>
    /// <param name="detail">Where it came from.</param>
    public ScimUser(ScimObject attributes, UserDetail detail)
    {
        Attributes = attributes;
        Detail = detail;
    }

    /// <summary>Everything Zoom sent of this user, under SCIM's own names.</summary>
    public ScimObject Attributes { get; }

    /// <summary>Where this object came from, and so how complete it is.</summary>
    public UserDetail Detail { get; }

    /// <summary>The names of the properties that were set since the object was received or made.</summary>
    public IReadOnlyCollection<string> ChangedAttributes => new NameSet(_changed);

    /// <summary>The same as <see cref="ChangedAttributes"/>, shared with others of the same names and never changed (<see cref="NameList"/>).</summary>
    internal string[] ChangedNames => _changed;

    /// <summary>Zoom's id of the user: about 22 characters, may contain <c>&amp; - _ / + =</c>. Never changes.</summary>
    public string? Id
    {
        get => Attributes.Text("id");
        set => Set(nameof(Id), () => Attributes["id"] = value);
    }

    /// <summary>The sign-in name, always a mail address, and the same as <see cref="Email"/>. At most 128 characters.</summary>
    public string? UserName
    {
        get => Attributes.Text("userName");
        set => Set(nameof(UserName), () => Attributes["userName"] = value);
    }

    /// <summary>The mail address: Zoom keeps one, and it is the sign-in name as well.</summary>
    public string? Email
    {
        get => First("emails")?.Text("value");
        set => Set(nameof(Email), () => Attributes["emails"] = new ArrayList(1)
        {
            new ScimObject { ["type"] = "work", ["value"] = value, ["primary"] = true },
        });
    }

    /// <summary>First name, at most 64 characters.</summary>
    public string? GivenName
    {
        get => Attributes.Complex("name")?.Text("givenName");
        set => Set(nameof(GivenName), () => Attributes.ComplexOrNew("name")["givenName"] = value);
    }

    /// <summary>Last name, at most 64 characters.</summary>
    public string? FamilyName
    {
        get => Attributes.Complex("name")?.Text("familyName");
        set => Set(nameof(FamilyName), () => Attributes.ComplexOrNew("name")["familyName"] = value);
    }

    /// <summary>The name shown in meetings, at most 128 characters. Zoom builds it on create but not on a later rename.</summary>
    public string? DisplayName
    {
        get => Attributes.Text("displayName");
        set => Set(nameof(DisplayName), () => Attributes["displayName"] = value);
    }

    /// <summary>Whether the user may sign in. A deactivated user loses all licences. Null when Zoom did not say.</summary>
    public bool? Active
    {
        get => Attributes["active"] switch
        {
            bool flag => flag,
            // Some SCIM servers send booleans as text.
            string text when bool.TryParse(text, out var flag) => flag,
            _ => null,
        };
        set => Set(nameof(Active), () => Attributes["active"] = value);
    }

    /// <summary>Collaboration (no meetings licence), Basic, Licensed or On-Prem.</summary>
    public string? UserType
    {
        get => Attributes.Text("userType");
        set => Set(nameof(UserType), () => Attributes["userType"] = value);
    }

    /// <summary>
    /// The licences in readable names, separated by semicolons, as -License takes them: the plan or else the user type, and add-ons. A list
    /// tells the user type only; -Detailed tells the rest. Read only: set UserType, or use -License.
    /// </summary>
    public string? License => ZoomLicenses.Of(this) is { Count: > 0 } names ? string.Join("; ", names) : null;

    /// <summary>Job title, at most 128 characters. Zoom takes it but tells it only in the reply to a write.</summary>
    public string? Title
    {
        get => Attributes.Text("title");
        set => Set(nameof(Title), () => Attributes["title"] = value);
    }

    /// <summary>Zoom's location field (for example San Jose), not a language tag. Told only in the reply to a write.</summary>
    public string? Locale
    {
        get => Attributes.Text("locale");
        set => Set(nameof(Locale), () => Attributes["locale"] = value);
    }

    /// <summary>Department, from the enterprise extension.</summary>
    public string? Department
    {
        get => Attributes.Complex(ScimSchemas.EnterpriseUser)?.Text("department");
        set => Set(nameof(Department), () => Attributes.ComplexOrNew(ScimSchemas.EnterpriseUser)["department"] = value);
    }

    /// <summary>Company, from the enterprise extension. At most 255 characters. Not in lists.</summary>
    public string? Organization
    {
        get => Attributes.Complex(ScimSchemas.EnterpriseUser)?.Text("organization");
        set => Set(nameof(Organization), () => Attributes.ComplexOrNew(ScimSchemas.EnterpriseUser)["organization"] = value);
    }

    /// <summary>Cost center, from the enterprise extension. Not in lists nor in the reply to an update.</summary>
    public string? CostCenter
    {
        get => Attributes.Complex(ScimSchemas.EnterpriseUser)?.Text("costCenter");
        set => Set(nameof(CostCenter), () => Attributes.ComplexOrNew(ScimSchemas.EnterpriseUser)["costCenter"] = value);
    }

    /// <summary>Employee number, which must be unique in the account. Not in lists nor in the reply to an update.</summary>
    public string? EmployeeNumber
    {
        get => Attributes.Complex(ScimSchemas.EnterpriseUser)?.Text("employeeNumber");
        set => Set(nameof(EmployeeNumber), () => Attributes.ComplexOrNew(ScimSchemas.EnterpriseUser)["employeeNumber"] = value);
    }

    /// <summary>
    /// The manager's mail address; Zoom wants a plain text where RFC 7643 section 4.3 has an object. The manager must be a
    /// Zoom user. Not in lists nor in the reply to an update.
    /// </summary>
    public string? Manager
    {
        get => Attributes.Complex(ScimSchemas.EnterpriseUser) is { } enterprise
            ? enterprise.Text("manager") ?? enterprise.Complex("manager")?.Text("value")
            : null;
        set => Set(nameof(Manager), () => Attributes.ComplexOrNew(ScimSchemas.EnterpriseUser)["manager"] = value);
    }

    /// <summary>
    /// Zoom's own extension: licences, Zoom Phone, custom attributes, whatever Zoom adds. A view of what was received; to
    /// change it, use <see cref="SetExtension"/> or assign a table of the attributes to set.
    /// </summary>
    public System.Collections.IDictionary Extension
    {
        get => Attributes.Complex(ScimSchemas.ZoomUser) ?? [];
        set
        {
            foreach (DictionaryEntry entry in value)
            {
                SetExtension(entry.Key.ToString() ?? string.Empty, entry.Value);
            }
        }
    }

    /// <summary>The profile's phone numbers. Not in lists.</summary>
    public ScimPhoneNumber[] PhoneNumbers
    {
        get => Attributes.Items("phoneNumbers").OfType<ScimObject>()
            .Select(p => new ScimPhoneNumber(p.Text("value") ?? string.Empty, p.Text("type") ?? "work"))
            .ToArray();
        set
        {
            Attributes["phoneNumbers"] = ToList(value ?? []);
            foreach (var number in value ?? [])
            {
                Mark([number.Type.ToLowerInvariant() switch
                {
                    "mobile" => nameof(MobilePhone),
                    "home" => nameof(HomePhone),
                    "fax" => nameof(Fax),
                    _ => nameof(Phone),
                }]);
            }
        }
    }

    /// <summary>
    /// The work number, which Zoom calls work or office. Setting it keeps the other numbers, because nobody knows whether
    /// Zoom merges or replaces the list it is sent.
    /// </summary>
    public string? Phone
    {
        get => Number("work", "office");
        set => Set(nameof(Phone), () => SetNumber(value, "work", "office"));
    }

    /// <summary>The mobile number.</summary>
    public string? MobilePhone
    {
        get => Number("mobile");
        set => Set(nameof(MobilePhone), () => SetNumber(value, "mobile"));
    }

    /// <summary>The number at home.</summary>
    public string? HomePhone
    {
        get => Number("home");
        set => Set(nameof(HomePhone), () => SetNumber(value, "home"));
    }

    /// <summary>The fax number.</summary>
    public string? Fax
    {
        get => Number("fax");
        set => Set(nameof(Fax), () => SetNumber(value, "fax"));
    }

    /// <summary>The names of the user's roles. Zoom shows perhaps only the first one. Not in lists.</summary>
    public ZoomNames Roles
    {
        get => NamesIn("roles");
        set => Set(nameof(Roles), () => Attributes["roles"] = new ArrayList((value ?? (IEnumerable<string>)[])
            .Select((role, index) => new ScimObject { ["value"] = role, ["display"] = role, ["primary"] = index == 0 })
            .ToArray()));
    }

    /// <summary>The first role that fits; null for none. Asked for each of a hundred thousand people, so without copying the roles.</summary>
    internal string? FindRole(Func<string, bool> fits)
    {
        if (Attributes["roles"] is not ArrayList list)
        {
            return NameIn(Attributes["roles"]) is { } single && fits(single) ? single : null;
        }

        for (var i = 0; i < list.Count; i++)
        {
            if (NameIn(list[i]) is { } role && fits(role))
            {
                return role;
            }
        }

        return null;
    }

    /// <summary>The names of the user's groups, as far as Zoom shows them (perhaps only the primary one). Not in lists.</summary>
    public ZoomNames Groups => NamesIn("groups");

    /// <summary>When Zoom made the user (UTC), or null when it did not say.</summary>
    public DateTimeOffset? Created => Time("created");

    /// <summary>When the user was last changed in Zoom (UTC), or null when it did not say.</summary>
    public DateTimeOffset? LastModified => Time("lastModified");

    /// <summary>An attribute of Zoom's extension, by any name; null when Zoom did not send it.</summary>
    public object? GetExtension(string name) => Attributes.Complex(ScimSchemas.ZoomUser)?[name];

    /// <summary>Sets an attribute of Zoom's extension, known to this module or not.</summary>
    public void SetExtension(string name, object? value) =>
        Set(name, () => Attributes.ComplexOrNew(ScimSchemas.ZoomUser)[name] = value);

    /// <summary>Takes properties for set that were set before the user was saved.</summary>
    internal void Mark(IEnumerable<string> properties)
    {
        foreach (var property in properties.Where(p => NameList.IndexOf(_changed, p) < 0))
        {
            _changed = NameList.With(_changed, property);
        }
    }

    /// <summary>Takes a property back to not having been set.</summary>
    internal void Forget(string property)
    {
        if (NameList.IndexOf(_changed, property) is >= 0 and var index)
        {
            _changed = NameList.Without(_changed, index);
        }
    }

    /// <summary>The sign-in name, or the id, for messages.</summary>
    public override string ToString() => UserName ?? Email ?? Id ?? "(user without a name)";

    // Zoom may send back as office what it was sent as work; a user who has both keeps both.
    // Of several types that mean the same, the first one that is there.
    private string? Number(string type, string? other = null) => NumberOf(type) ?? (other is null ? null : NumberOf(other));

    // Read for each of a hundred thousand people, so without copying the numbers.
    private string? NumberOf(string type)
    {
        switch (Attributes["phoneNumbers"])
        {
            case ScimObject single:
                return Is(single) ? single.Text("value") ?? string.Empty : null;
            case ArrayList list:
                foreach (var item in list)
                {
                    if (item is ScimObject number && Is(number))
                    {
                        return number.Text("value") ?? string.Empty;
                    }
                }

                return null;
            default:
                return null;
        }

        bool Is(ScimObject number) => string.Equals(number.Text("type") ?? "work", type, StringComparison.OrdinalIgnoreCase);
    }

    private ScimObject? First(string attribute)
    {
        if (Attributes[attribute] is not ArrayList list)
        {
            return Attributes.Complex(attribute);
        }

        foreach (var item in list)
        {
            if (item is ScimObject first)
            {
                return first;
            }
        }

        return null;
    }

    private static ScimPhoneNumber? FindNumber(IReadOnlyCollection<ScimPhoneNumber> numbers, string[] types) => types
        .Select(type => numbers.FirstOrDefault(p => string.Equals(p.Type, type, StringComparison.OrdinalIgnoreCase)))
        .FirstOrDefault(p => p is not null);

    private void SetNumber(string? value, params string[] types)
    {
        var numbers = PhoneNumbers.ToList();
        var old = FindNumber(numbers, types);
        if (string.IsNullOrEmpty(value))
        {
            numbers.RemoveAll(p => p == old);
        }
        else if (old is null)
        {
            numbers.Insert(types[0] == "work" ? 0 : numbers.Count, new ScimPhoneNumber(value!, types[0]));
        }
        else
        {
            old.Value = value!;
        }

        Attributes["phoneNumbers"] = ToList(numbers);
    }

    private static ArrayList ToList(IEnumerable<ScimPhoneNumber> numbers) =>
        new(numbers.Select(p => new ScimObject { ["type"] = p.Type, ["value"] = p.Value }).ToArray());

    private string[] NamesIn(string attribute) => Attributes.Items(attribute).Select(NameIn).OfType<string>().ToArray();

    // Zoom was seen to send roles with empty names; they say nothing.
    private static string? NameIn(object? value) =>
        (value as string ?? (value as ScimObject)?.Text("value") ?? (value as ScimObject)?.Text("display")) is { Length: > 0 } name ? name : null;

    private DateTimeOffset? Time(string name) =>
        DateTimeOffset.TryParse(Attributes.Complex("meta")?.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;

    private void Set(string property, Action write)
    {
        write();
        if (NameList.IndexOf(_changed, property) < 0)
        {
            _changed = NameList.With(_changed, property);
        }
    }
}
