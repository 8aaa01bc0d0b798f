namespace ZoomProvisioning.Plans;

/// <summary>Somebody a rule managed, as far as a plan has to name them.</summary>
/// <param name="ZoomId">Zoom's id of the user.</param>
/// <param name="UserName">The sign-in name last seen.</param>
/// <param name="DisplayName">The display name last seen; null when it was never read.</param>
/// <param name="Anchor">The source's own key of the person; null where the rule has no anchor.</param>
public sealed record ManagedUser(string ZoomId, string UserName, string? DisplayName, string? Anchor);
