using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Cli.Source;

/// <summary>What a file of people held.</summary>
/// <param name="People">The rows that can be used.</param>
/// <param name="Failures">The rows that cannot.</param>
internal sealed record CsvContent(IReadOnlyList<DesiredUser> People, IReadOnlyList<CsvFailure> Failures)
{
    /// <summary>All rows.</summary>
    public int Count => People.Count + FailedRows;

    /// <summary>How many rows cannot be used.</summary>
    public int FailedRows => Failures.Sum(f => f.Rows);

    /// <summary>What is to be said about the file as a whole.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>A row that cannot be used.</summary>
/// <param name="Line">Its line in the file, counted from 1.</param>
/// <param name="Error">Why.</param>
/// <param name="Rows">How many rows it is about.</param>
internal sealed record CsvFailure(int Line, ScimException Error, int Rows = 1);
