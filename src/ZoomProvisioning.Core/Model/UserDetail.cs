namespace ZoomProvisioning;

/// <summary>
/// How much of a user Zoom tells depends on where the object came from. What a reply omits is unknown, not empty.
/// </summary>
public enum UserDetail
{
    /// <summary>Made by a script, not received from Zoom.</summary>
    None,

    /// <summary>From a list: names, mail, active, user type and department only.</summary>
    Listed,

    /// <summary>From a read by id: everything but title, locale and the write-only attributes.</summary>
    Read,

    /// <summary>From the reply to a create: title and locale as well.</summary>
    Created,

    /// <summary>From the reply to an update: title and locale, but not cost center, employee number and manager.</summary>
    Updated,
}
