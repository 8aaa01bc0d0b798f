using System.Collections.Generic;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Tests;

/// <summary>Somebody who runs an operation, and answers its questions always the same way.</summary>
internal sealed class FakeHost(bool answer = true) : IOperationHost
{
    public List<string> Questions { get; } = [];

    /// <summary>Whom it was asked about as a removal.</summary>
    public List<string> Removals { get; } = [];

    public List<string> Warnings { get; } = [];

    public List<string> Told { get; } = [];

    public Task<bool> ShouldProcessAsync(string target, string action)
    {
        Questions.Add($"{target}: {action}");
        return Task.FromResult(answer);
    }

    public Task<bool> ConfirmRemovalAsync(string target, string action)
    {
        Removals.Add(target);
        return ShouldProcessAsync(target, action);
    }

    public void Warn(string message) => Warnings.Add(message);

    public void Tell(string message) => Told.Add(message);
}
