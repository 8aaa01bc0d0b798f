namespace ZoomProvisioning.Plans;

/// <summary>What the guard counts: changes that take something away from a person, or open a door.</summary>
public enum GuardKind
{
    /// <summary>Somebody is deactivated.</summary>
    Disable,

    /// <summary>Somebody is deleted.</summary>
    Delete,

    /// <summary>Somebody who stays active loses a paid licence: the type becomes an unpaid one, or a plan or an add-on is taken.</summary>
    LicenseLoss,

    /// <summary>Somebody is taken out of a group.</summary>
    GroupLeave,

    /// <summary>A deactivated user is activated.</summary>
    Reactivate,

    /// <summary>Somebody gets another address, which is the name to sign in with.</summary>
    Rename,

    /// <summary>A value becomes empty.</summary>
    Clear,

    /// <summary>Somebody is created.</summary>
    Create,

    /// <summary>Somebody is changed, in whatever way.</summary>
    Update,
}
