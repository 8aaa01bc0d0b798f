using System.Threading.Tasks;

namespace ZoomProvisioning.Contracts;

/// <summary>What an operation needs of whoever runs it: leave to change something, and an ear.</summary>
public interface IOperationHost
{
    /// <summary>Asks whether a change may be made: -WhatIf and -Confirm in PowerShell.</summary>
    /// <param name="target">Whom it concerns, as people read it.</param>
    /// <param name="action">What would be done.</param>
    Task<bool> ShouldProcessAsync(string target, string action);

    /// <summary>Asks whether somebody may be deactivated or deleted: of high impact, whatever else the command does.</summary>
    /// <param name="target">Whom it concerns, as people read it.</param>
    /// <param name="action">What would be done.</param>
    Task<bool> ConfirmRemovalAsync(string target, string action);

    /// <summary>Says something the admin should see.</summary>
    void Warn(string message);

    /// <summary>Tells the story.</summary>
    void Tell(string message);
}
