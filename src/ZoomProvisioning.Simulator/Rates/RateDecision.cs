using System;

namespace ZoomProvisioning.Simulator.Rates;

/// <summary>Whether a request may go on, and what the headers say about it.</summary>
/// <param name="Allowed">False is a 429.</param>
/// <param name="IsDaily">True when it was the day's limit that was hit.</param>
/// <param name="Limit">The limit; zero when there is none.</param>
/// <param name="Remaining">What is left of it.</param>
/// <param name="Reset">When it begins anew.</param>
internal readonly record struct RateDecision(bool Allowed, bool IsDaily, int Limit, int Remaining, DateTimeOffset Reset);
