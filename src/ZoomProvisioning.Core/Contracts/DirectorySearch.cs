using System;
using System.Collections.Generic;

namespace ZoomProvisioning.Contracts;

/// <summary>How far a search goes, as RFC 4511 has it.</summary>
public enum DirectoryScope
{
    /// <summary>The base and everything below it.</summary>
    Subtree,

    /// <summary>What is directly below the base.</summary>
    OneLevel,

    /// <summary>The base alone.</summary>
    Base,
}

/// <summary>What is looked for in a directory.</summary>
/// <param name="Base">Where: a distinguished name, empty for the server itself.</param>
/// <param name="Scope">How far below it.</param>
/// <param name="Filter">The filter (RFC 4515).</param>
/// <param name="Attributes">The attributes to give back; <c>1.1</c> for none.</param>
public sealed record DirectorySearch(string Base, DirectoryScope Scope, string Filter, IReadOnlyList<string> Attributes)
{
    /// <summary>How many entries a page has.</summary>
    public int PageSize { get; init; } = 1000;

    /// <summary>How long the whole search may take.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(15);
}

/// <summary>An entry of a directory.</summary>
/// <param name="Name">Its distinguished name.</param>
/// <param name="Attributes">Its attributes, without regard to case, with their values as bytes.</param>
public sealed record DirectoryEntry(string Name, IReadOnlyDictionary<string, IReadOnlyList<byte[]>> Attributes);

/// <summary>How a search ended.</summary>
/// <param name="Early">Why it ended before all was read; null when all was read.</param>
/// <param name="Referrals">Where the server says that more is to be found: other servers, which were not asked.</param>
public sealed record DirectoryEnd(ScimException? Early, IReadOnlyList<string> Referrals);
