namespace ZoomProvisioning.Engine.State;

/// <summary>What a journal's first line says: whose it is.</summary>
/// <param name="Account">The account (see <see cref="ZoomProvisioning.State.AccountKey"/>).</param>
/// <param name="Rule">The rule's name.</param>
internal sealed record JournalTitle(string Account, string Rule);
