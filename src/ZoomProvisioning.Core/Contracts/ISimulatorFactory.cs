using System;
using System.Collections.Generic;
using System.Net.Http;

namespace ZoomProvisioning.Contracts;

/// <summary>The one door into the simulator assembly.</summary>
public interface ISimulatorFactory
{
    /// <summary>Makes a simulated Zoom account.</summary>
    ISimulator Create(SimulatorOptions options);

    /// <summary>The behaviours every simulated account has, with what they mean and which values they take.</summary>
    IReadOnlyList<SimulatorSwitch> Switches { get; }
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

    /// <summary>
    /// Replaces the tenant by one saved by <see cref="ExportState"/>. Account id, behaviours, tokens and rates stay as they are,
    /// so whoever is signed in stays so.
    /// </summary>
    /// <exception cref="ArgumentException">The text is no such state; nothing has changed.</exception>
    void ImportState(string json);

    /// <summary>The behaviours (quirk switches and faults) as JSON.</summary>
    string GetBehaviour();

    /// <summary>Changes behaviours by a JSON merge patch (RFC 7396).</summary>
    void PatchBehaviour(string json);

    /// <summary>The requests received so far, as a JSON array.</summary>
    string GetRequests();

    /// <summary>The requests received so far, oldest first.</summary>
    IReadOnlyList<SimulatorRequest> Requests { get; }

    /// <summary>How many requests <see cref="Requests"/> holds.</summary>
    int RequestCount { get; }

    /// <summary>Forgets the requests received so far.</summary>
    void ClearRequests();

    /// <summary>The value of every behaviour by its name: texts and whole numbers.</summary>
    IReadOnlyDictionary<string, object> Behaviours { get; }

    /// <summary>The faults still to come, each by the names of its fields: texts and numbers.</summary>
    IReadOnlyList<IReadOnlyDictionary<string, object>> Faults { get; }

    /// <summary>Changes behaviours and faults: all that is named, or nothing when something in it is wrong.</summary>
    /// <param name="behaviours">Values by name; null sets a behaviour back. What is not named stays.</param>
    /// <param name="faults">The whole list of faults from now on, or null to leave it as it is.</param>
    /// <exception cref="ArgumentException">A name or value that does not exist; the message names those that do.</exception>
    void Configure(IReadOnlyDictionary<string, object?> behaviours, IReadOnlyList<IReadOnlyDictionary<string, object?>>? faults);

    /// <summary>How many users there are.</summary>
    int UserCount { get; }

    /// <summary>How many groups there are.</summary>
    int GroupCount { get; }

    /// <summary>Adds made-up users, always the same ones in the same order.</summary>
    void AddUsers(int count);

    /// <summary>Lets time pass at once, for tokens to expire and daily limits to begin anew.</summary>
    void AdvanceTime(TimeSpan time);

    /// <summary>Makes everything as it was at the start: tenant, behaviours, faults, rates and request log. Tokens stay good.</summary>
    void Reset();
}
