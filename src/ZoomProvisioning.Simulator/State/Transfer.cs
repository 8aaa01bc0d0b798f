using System;

namespace ZoomProvisioning.Simulator.State;

/// <summary>The record that a leaver's data went to a colleague.</summary>
/// <param name="From">The leaver's address.</param>
/// <param name="To">The colleague's address.</param>
/// <param name="Action"><c>deactivate</c> or <c>delete</c>.</param>
/// <param name="At">When.</param>
internal sealed record Transfer(string From, string To, string Action, DateTimeOffset At);
