using System;
using System.Collections.Generic;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Ldap;

/// <summary>Where and for whom one directory is searched.</summary>
/// <param name="Root">The name below which everything lies.</param>
/// <param name="Bases">Where people are looked for.</param>
/// <param name="Scope">How far below.</param>
/// <param name="Filter">Who of them.</param>
/// <param name="PageSize">How many entries a page has.</param>
/// <param name="Remaining">How much time is left.</param>
internal sealed record DirectoryPlan(string Root, IReadOnlyList<string> Bases, DirectoryScope Scope, string Filter, int PageSize, Func<TimeSpan> Remaining);
