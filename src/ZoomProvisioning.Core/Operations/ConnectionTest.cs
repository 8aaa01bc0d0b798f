using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Operations;

/// <summary>Tests a connection and remembers the verdict on it.</summary>
public sealed class ConnectionTest
{
    private readonly ZoomScimConnection _connection;

    /// <summary>Makes the test of a connection.</summary>
    public ConnectionTest(ZoomScimConnection connection) => _connection = connection;

    /// <summary>Runs all steps. The connection is valid afterwards if none failed.</summary>
    public async Task<IReadOnlyList<ConnectionTestStep>> RunAsync(ScimCall call)
    {
        var steps = await _connection.Service.TestAsync(call).ConfigureAwait(false);
        foreach (var step in steps)
        {
            step.Connection = _connection.Name;
        }

        _connection.LastTest = steps;
        _connection.TestedAt = DateTimeOffset.Now;
        _connection.Status = steps.Any(s => s.Outcome == TestOutcome.Failed) ? ConnectionStatus.Invalid : ConnectionStatus.Valid;
        return steps;
    }
}
