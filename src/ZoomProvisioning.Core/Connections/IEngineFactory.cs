using ZoomProvisioning.Contracts;
using ZoomProvisioning.Programs;

namespace ZoomProvisioning.Connections;

/// <summary>The one door into the engine assembly, which PowerShell must not load itself.</summary>
public interface IEngineFactory
{
    /// <summary>Makes a client of one account. Nothing is sent yet.</summary>
    /// <exception cref="System.ArgumentException">An address is neither https nor loopback, or a credential is missing.</exception>
    IScimService Connect(EngineOptions options);

    /// <summary>How profiles are written in files.</summary>
    IProfileFormat ProfileFormat { get; }

    /// <summary>Directories that speak LDAP.</summary>
    IDirectory Directory { get; }

    /// <summary>Programs that rules name.</summary>
    IProgramRunner Programs { get; }

    /// <summary>What carries notifications.</summary>
    INotificationSender Notifications { get; }

    /// <summary>Calls somebody when the system tells the process to end. The process ends when that returns.</summary>
    /// <param name="onTermination">Is called on a thread of its own.</param>
    /// <returns>Ends the listening.</returns>
    System.IDisposable OnTermination(System.Action onTermination);
}
