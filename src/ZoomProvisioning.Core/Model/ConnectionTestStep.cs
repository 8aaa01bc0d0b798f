using System;
using System.Collections.Generic;

namespace ZoomProvisioning;

/// <summary>How a step of the connection test ended.</summary>
public enum TestOutcome
{
    /// <summary>As it should be.</summary>
    Passed,

    /// <summary>Usable, with something to look at.</summary>
    Warning,

    /// <summary>Not usable.</summary>
    Failed,

    /// <summary>Not tried, because an earlier step failed or it does not apply.</summary>
    Skipped,
}

/// <summary>One step of <c>Test-ZoomConnection</c>.</summary>
public sealed class ConnectionTestStep
{
    /// <summary>Makes a step's result.</summary>
    public ConnectionTestStep(string name, TestOutcome outcome, TimeSpan duration, string detail)
    {
        Name = name;
        Outcome = outcome;
        Duration = duration;
        Detail = detail;
    }

    /// <summary>The name of the connection tested.</summary>
    public string? Connection { get; set; }

    /// <summary>NameResolution, TcpAndTls, Token, Scopes or ScimRead; in a report of -Detailed there are more.</summary>
    public string Name { get; }

    /// <summary>How it ended.</summary>
    public TestOutcome Outcome { get; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; }

    /// <summary>What was found, in words.</summary>
    public string Detail { get; }

    /// <summary>Zoom's own words, when it said something.</summary>
    public string? ZoomMessage { get; init; }

    /// <summary>What to do about it; null when nothing is needed.</summary>
    public string? Remedy { get; init; }

    /// <summary>What the step found in detail, for a report: Tcp and Tls of TcpAndTls, for example. Empty when there is no more to say.</summary>
    public IReadOnlyList<ConnectionTestStep> Parts { get; init; } = [];

    /// <summary>The step and its outcome.</summary>
    public override string ToString() => $"{Name}: {Outcome}. {Detail}";
}
