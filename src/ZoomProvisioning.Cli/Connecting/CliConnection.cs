using System;
using System.IO;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine;
using ZoomProvisioning.Files;
using ZoomProvisioning.Simulator;

namespace ZoomProvisioning.Cli.Connecting;

/// <summary>The Zoom account a command works on: the one the environment or a profile names, or a simulated one.</summary>
internal sealed class CliConnection : IAsyncDisposable
{
    private readonly ISimulator? _simulator;
    private string? _statePath;
    private string? _stateBefore;

    private CliConnection(ZoomScimConnection connection, ISimulator? simulator, string? statePath)
    {
        Zoom = connection;
        _simulator = simulator;
        _statePath = statePath;
        _stateBefore = statePath is not null ? simulator?.ExportState() : null;
    }

    public ZoomScimConnection Zoom { get; }

    /// <summary>Connects. Nothing is sent yet.</summary>
    /// <exception cref="ScimException">Neither the environment nor the profile says how to sign in.</exception>
    public static CliConnection Open(ConnectionChoice choice) =>
        choice.Simulate ? OpenSimulated(choice.SimulatorState)
        : choice.Profile is { } profile ? OpenProfile(profile, choice.Proxy)
        : OpenFromEnvironment(choice.Proxy);

    /// <summary>Whether it is a simulated account that ends with this process.</summary>
    public bool IsForgotten => _simulator is not null && _statePath is null;

    /// <summary>
    /// The root of what is known of this account alone: beside the file of a simulated one, or in a folder that ends with it; null
    /// for an account that is not simulated.
    /// </summary>
    public string? OwnStateRoot => _simulator is null ? null : _statePath is null ? Zoom.TemporaryState.Value : Path.GetFullPath(_statePath) + ".state";

    /// <summary>Keeps the simulated tenant in a file from now on, beginning with what the file has.</summary>
    public void KeepIn(string path)
    {
        if (_simulator is null)
        {
            return;
        }

        if (File.Exists(path))
        {
            // The account id stays the same whatever the file says, and with it the rule's folder.
            _simulator.ImportState(File.ReadAllText(path));
        }

        _statePath = path;
        _stateBefore = _simulator.ExportState();
    }

    /// <summary>Saves the simulated tenant where that was asked for, and lets go of everything.</summary>
    public ValueTask DisposeAsync()
    {
        if (_simulator is not null && _statePath is not null)
        {
            // A run that changed nothing must not write over what another one has saved meanwhile.
            var state = _simulator.ExportState();
            if (!File.Exists(_statePath) || state != _stateBefore)
            {
                AtomicFile.WriteAllText(_statePath, state);
            }
        }

        Zoom.Close();
        _simulator?.Dispose();
        return default;
    }

    private static CliConnection OpenSimulated(string? statePath)
    {
        var simulator = new SimulatorFactory().Create(new SimulatorOptions
        {
            State = statePath is not null && File.Exists(statePath) ? File.ReadAllText(statePath) : null,
        });
        var options = new EngineOptions
        {
            ScimUri = simulator.ScimUri,
            TokenUri = simulator.TokenUri,
            AccountId = simulator.AccountId,
            ClientId = simulator.ClientId,
            ClientSecret = ProfileSecret.Secure(simulator.ClientSecret),
            Transport = simulator.CreateTransport(),
        };
        return new CliConnection(Connect("simulator", options, simulator), simulator, statePath);
    }

    private static CliConnection OpenProfile(string name, Uri? proxy)
    {
        var profile = new ProfileStore(new EngineFactory().ProfileFormat).Read(name);
        if (profile.SecretVariable is null)
        {
            throw new ScimNotConnectedException(
                "Zoom.Profile.NeedsPowerShell",
                $"The profile '{profile.Name}' has its client secret in a vault (the {profile.SecretLocation}), which only PowerShell can open.")
            {
                Category = "NotInstalled",
                RecommendedAction = "Save a profile with New-ZoomScimProfile -SecretVariable and set that variable here, or use "
                    + "Connect-ZoomScim -Profile in PowerShell.",
            };
        }

        var options = new EngineOptions
        {
            ScimUri = profile.ScimUri,
            TokenUri = profile.TokenUri,
            AccountId = profile.AccountId,
            ClientId = profile.ClientId,
            ClientSecret = ProfileSecret.FromVariable(profile),
            Proxy = proxy ?? profile.Proxy,
            ProxyUseDefaultCredentials = profile.ProxyUseDefaultCredentials,
            MaxRequestsPerSecond = profile.MaxRequestsPerSecond,
        };
        var connection = Connect(profile.Name, options);
        connection.Description = profile.Description;
        connection.AllowCreate = profile.AllowCreate;
        connection.AllowUpdate = profile.AllowUpdate;
        connection.AllowDisable = profile.AllowDisable;
        connection.AllowDeprovision = profile.AllowDeprovision;
        connection.RemoveAction = profile.RemoveAction;
        return new CliConnection(connection, null, null);
    }

    private static CliConnection OpenFromEnvironment(Uri? proxy)
    {
        if (EnvironmentSignIn.Read(out var missing) is not { } environment)
        {
            throw new ScimNotConnectedException(
                "Zoom.Connection.MissingCredential",
                $"There is nothing to sign in with: {string.Join(", ", missing)} not set in the environment.")
            {
                Category = "AuthenticationError",
                RecommendedAction = "Set the variables to the credentials of your Server-to-Server OAuth app, or use --profile, or --simulate to "
                    + "try things without a Zoom account.",
            };
        }

        var options = new EngineOptions
        {
            ScimUri = environment.ScimUri ?? EngineOptions.DefaultScimUri,
            TokenUri = environment.TokenUri ?? EngineOptions.DefaultTokenUri,
            AccountId = environment.AccountId,
            ClientId = environment.ClientId,
            ClientSecret = environment.ClientSecret,
            Proxy = proxy,
        };
        return new CliConnection(Connect(options.AccountId, options), null, null);
    }

    private static ZoomScimConnection Connect(string name, EngineOptions options, ISimulator? simulator = null) =>
        ZoomScimConnection.Over(name, new EngineFactory().Connect(options), options, simulator);
}
