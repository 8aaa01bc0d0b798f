using System;
using System.Collections.Generic;
using System.Net.Http;

namespace ZoomProvisioning.Contracts;

/// <summary>The one door into the simulator assembly.</summary>
public interface ISimulatorFactory
{
    /// <summary>Makes a simulated Zoom account.</summary>
    ISimulator Create(SimulatorOptions options);
}

/// <summary>How a simulated Zoom account starts.</summary>
public sealed class SimulatorOptions
{
    /// <summary>How many users there are at the start besides the owner and an admin; always the same ones for the same number.</summary>
    public int SeedUsers { get; init; }

    /// <summary>Which plan's rate limits apply: business, pro, free, legacy (1/s for each endpoint) or none.</summary>
    public string RatePlan { get; init; } = "business";

    /// <summary>How long each reply is held back.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>A state saved by <see cref="ISimulator.ExportState"/> to begin with; null begins afresh.</summary>
    public string? State { get; init; }

    /// <summary>Domains whose addresses the account may hold, besides the ones it has from the start.</summary>
    public IReadOnlyList<string> AssociatedDomains { get; init; } = [];

    /// <summary>The clock for token expiry, rates and latency.</summary>
    public IClock Clock { get; init; } = SystemClock.Instance;
}

/// <summary>A simulated Zoom account that answers HTTP requests in process.</summary>
public interface ISimulator : IDisposable
{
    /// <summary>Where the simulated SCIM2 API believes it lives.</summary>
    Uri ScimUri { get; }

    /// <summary>Where the simulated token endpoint believes it lives.</summary>
    Uri TokenUri { get; }

    /// <summary>The account id that gets a token.</summary>
    string AccountId { get; }

    /// <summary>The client id that gets a token.</summary>
    string ClientId { get; }

    /// <summary>The client secret that gets a token: generated, and worth nothing outside this simulator.</summary>
    string ClientSecret { get; }

    /// <summary>A transport that answers without a socket. Every call makes a new one over the same account.</summary>
    HttpMessageHandler CreateTransport();

    /// <summary>The whole simulated tenant as one JSON text.</summary>
    string ExportState();

    /// <summary>Replaces the tenant by one saved by <see cref="ExportState"/>. Behaviours, tokens and rates stay as they are.</summary>
    /// <exception cref="ArgumentException">The text is no such state; nothing has changed.</exception>
    void ImportState(string json);

    /// <summary>The behaviours (quirk switches and faults) as JSON.</summary>
    string GetBehaviour();

    /// <summary>Changes behaviours by a JSON merge patch (RFC 7396).</summary>
    void PatchBehaviour(string json);

    /// <summary>The requests received so far, as a JSON array.</summary>
    string GetRequests();

    /// <summary>Forgets the requests received so far.</summary>
    void ClearRequests();
}
