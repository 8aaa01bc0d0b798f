using System.Collections.Generic;

namespace ZoomProvisioning.Plans;

/// <summary>An approval that let entries of a plan go.</summary>
/// <param name="PlanId">The id of the plan that was looked at.</param>
/// <param name="People">Whom it let go: Zoom ids, or the addresses of people to be created.</param>
internal sealed record UsedApproval(string PlanId, IReadOnlyList<string> People);
