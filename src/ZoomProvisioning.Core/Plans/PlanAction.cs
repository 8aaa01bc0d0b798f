
namespace ZoomProvisioning.Plans;

/// <summary>What is to be done with a user.</summary>
public enum PlanAction
{
    /// <summary>Nothing: Zoom has what the source wants.</summary>
    NoOp,

    /// <summary>Create the user.</summary>
    Create,

    /// <summary>Take a user who is in Zoom already under the rule, and change attributes where they differ.</summary>
    Adopt,

    /// <summary>Change attributes.</summary>
    Update,

    /// <summary>Activate a deactivated user, and change attributes where they differ.</summary>
    Reactivate,

    /// <summary>Change memberships in groups, and nothing else.</summary>
    ChangeGroups,

    /// <summary>Deactivate the user, after changing attributes where they differ.</summary>
    Disable,

    /// <summary>Delete the user for good.</summary>
    Delete,

    /// <summary>Something would have to be done but may not be; the reason says why.</summary>
    Blocked,

    /// <summary>Something would have to be done, but the user is one that is never touched.</summary>
    Protected,
}
