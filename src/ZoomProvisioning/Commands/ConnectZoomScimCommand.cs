using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Security;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Loading;
using ZoomProvisioning.Session;

namespace ZoomProvisioning.Commands;

/// <summary>
/// Connects to a Zoom account with a Server-to-Server OAuth app, or to the embedded simulator. It never asks for what is
/// missing: it says where to put it.
/// </summary>
[Cmdlet(VerbsCommunications.Connect, "ZoomScim", DefaultParameterSetName = EnvironmentSet)]
[OutputType(typeof(ZoomScimConnection))]
public sealed class ConnectZoomScimCommand : ConnectionSettingsCmdlet
{
    private const string EnvironmentSet = "Environment";
    private const string SecretSet = "Secret";
    private const string CredentialSet = "Credential";
    private const string TokenSet = "Token";
    private const string ProfileSet = "Profile";
    private const string SimulatorSet = "Simulator";

    // What is needed to sign in is not mandatory to PowerShell, which would ask for it; SignIn says what is missing.

    /// <summary>The Zoom account id, from the app's page App Credentials.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = CredentialSet)]
    public string? AccountId { get; set; }

    /// <summary>The app's client id.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    public string? ClientId { get; set; }

    /// <summary>The app's client secret.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    [NoPlainSecret]
    public SecureString? ClientSecret { get; set; }

    /// <summary>Client id (as user name) and client secret (as password) together, for example from a secret vault.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CredentialSet)]
    [AllowNull]
    [UnpromptedCredential]
    public PSCredential? Credential { get; set; }

    /// <summary>
    /// A profile that New-ZoomScimProfile saved: every setting comes from it, the secret from where it says. Parameters given as
    /// well win over the profile.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ProfileSet)]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Profile { get; set; }

    /// <summary>
    /// Take account id, client id and client secret from the environment variables ZOOM_ACCOUNT_ID, ZOOM_CLIENT_ID and
    /// ZOOM_CLIENT_SECRET, and the addresses from ZOOM_SCIM_URI and ZOOM_TOKEN_URI where they are set. This is the default.
    /// </summary>
    [Parameter(ParameterSetName = EnvironmentSet)]
    public SwitchParameter EnvironmentVariable { get; set; }

    /// <summary>A ready access token. It cannot be renewed, so the connection ends with it, after an hour at the most.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TokenSet)]
    [ValidateNotNull]
    [NoPlainSecret]
    public SecureString? AccessToken { get; set; }

    /// <summary>A simulated Zoom account in this process: nothing leaves the machine.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SimulatorSet)]
    public SwitchParameter Simulator { get; set; }

    /// <summary>How many users the simulated account has at the start, besides its owner and an admin.</summary>
    [Parameter(ParameterSetName = SimulatorSet)]
    [ValidateRange(0, 200000)]
    public int SimulatorUsers { get; set; } = 20;

    /// <summary>Whose rate limits the simulated account has: business (default), pro, legacy (1 request per second), ample (1,000) or none.</summary>
    [Parameter(ParameterSetName = SimulatorSet)]
    [ValidateSet("business", "pro", "legacy", "ample", "none", IgnoreCase = true)]
    public string SimulatorRate { get; set; } = "business";

    /// <summary>A file that Export-ZoomScimSimulator wrote, for the simulated account to begin with instead of made-up users.</summary>
    [Parameter(ParameterSetName = SimulatorSet)]
    [ValidateNotNullOrEmpty]
    public string? SimulatorState { get; set; }

    /// <summary>The base address of Zoom's SCIM2 API. The default is https://api.zoom.us/scim2.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = CredentialSet)]
    [Parameter(ParameterSetName = ProfileSet)]
    [Parameter(ParameterSetName = EnvironmentSet)]
    [Parameter(ParameterSetName = TokenSet)]
    [ValidateNotNull]
    public Uri? ScimUri { get; set; }

    /// <summary>Where tokens are fetched. The default is https://zoom.us/oauth/token.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = CredentialSet)]
    [Parameter(ParameterSetName = ProfileSet)]
    [Parameter(ParameterSetName = EnvironmentSet)]
    [ValidateNotNull]
    public Uri? TokenUri { get; set; }

    /// <summary>A name for the connection, by which -Connection finds it. One of the same name is replaced.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>
    /// An HTTP proxy, such as http://proxy.example.com:8080. Left out, the system's is used (on PowerShell 7 that of HTTPS_PROXY). A user
    /// name and password in the address are signed in with, and shown nowhere.
    /// </summary>
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = CredentialSet)]
    [Parameter(ParameterSetName = ProfileSet)]
    [Parameter(ParameterSetName = EnvironmentSet)]
    [Parameter(ParameterSetName = TokenSet)]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>User name and password for the proxy: the one of -Proxy, or the system's.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = CredentialSet)]
    [Parameter(ParameterSetName = ProfileSet)]
    [Parameter(ParameterSetName = EnvironmentSet)]
    [Parameter(ParameterSetName = TokenSet)]
    [UnpromptedCredential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Sign in to the proxy with the Windows account that runs the session. Without -Proxy that is always done where it is asked for.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = CredentialSet)]
    [Parameter(ParameterSetName = ProfileSet)]
    [Parameter(ParameterSetName = EnvironmentSet)]
    [Parameter(ParameterSetName = TokenSet)]
    public SwitchParameter ProxyUseDefaultCredentials { get; set; }

    /// <summary>Do not test the connection. It is kept, marked invalid, and may not change anything until Test-ZoomConnection passes.</summary>
    [Parameter]
    public SwitchParameter SkipTest { get; set; }

    /// <summary>Give back the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void OnRecord()
    {
        ZoomScimConnection connection;
        try
        {
            connection = MakeConnection();
        }
        catch (ScimException exception)
        {
            Terminate(exception, Profile ?? Name);
            return;
        }
        catch (ArgumentException exception) when (SimulatorState is not null)
        {
            Terminate(new ScimBadRequestException(
                "Zoom.Simulator.InvalidState",
                $"'{SimulatorState}' is not the state of a simulator. {ArgumentMessage.Of(exception)}",
                exception)
            {
                Category = nameof(ErrorCategory.InvalidData),
                RecommendedAction = "Give a file that Export-ZoomScimSimulator wrote.",
            }, SimulatorState);
            return;
        }
        catch (ArgumentException exception)
        {
            Terminate(new ScimBadRequestException("Zoom.Connection.InvalidArgument", ArgumentMessage.Of(exception), exception)
            {
                Category = nameof(ErrorCategory.InvalidArgument),
                RecommendedAction = "Use https addresses (plain http is allowed on this machine only) and give all three of account id, "
                    + "client id and client secret.",
            });
            return;
        }

        connection.Description = Description;
        connection.AllowCreate = AllowCreate;
        connection.AllowUpdate = AllowUpdate;
        connection.AllowDisable = AllowDisable;
        connection.AllowDeprovision = AllowDeprovision;
        connection.RemoveAction = RemoveAction;
        if (!SkipTest)
        {
            TestOrTerminate(connection);
        }

        ConnectionTable.Current.Add(connection);
        Tell(ConnectionGreeting.Of(connection, isTested: !SkipTest));
        if (SkipTest)
        {
            WriteVerbose($"The connection '{connection.Name}' was not tested and may not change anything until Test-ZoomConnection passes.");
        }

        if (PassThru)
        {
            WriteObject(connection);
        }
    }

    private protected override void BeforeEnding(ScimException error) => ConnectionTable.Current.LastFailure = error;

    private void TestOrTerminate(ZoomScimConnection connection)
    {
        var failed = Await(scope => new ConnectionTest(connection).RunAsync(scope.Call)).FirstOrDefault(s => s.Outcome == TestOutcome.Failed);
        if (failed is null)
        {
            return;
        }

        connection.Service.Dispose();
        Terminate(new ScimNotConnectedException("Zoom.Connection.TestFailed",
            $"Cannot connect '{connection.Name}' to Zoom: the step {failed.Name} failed. {failed.Detail}")
        {
            Category = nameof(ErrorCategory.ConnectionError),
            ZoomMessage = failed.ZoomMessage,
            RecommendedAction = $"{failed.Remedy} (-SkipTest keeps the connection all the same, to be mended and tested later.)",
        }, connection.Name);
    }

    private ZoomScimConnection MakeConnection()
    {
        if (ParameterSetName == SimulatorSet)
        {
            return MakeSimulated();
        }

        var options = ParameterSetName switch
        {
            SecretSet => SignIn(ClientId, ClientSecret),
            CredentialSet => SignIn(Credential?.UserName, Credential?.Password),
            TokenSet => Options(null, null, null, AccessToken),
            ProfileSet => FromProfile(),
            _ => FromEnvironment(),
        };
        var service = EngineLoader.Engine.Connect(options);
        return ZoomScimConnection.Over(Name ?? options.AccountId ?? options.ScimUri.Host, service, options, null);
    }

    private ZoomScimConnection MakeSimulated()
    {
        var simulator = EngineLoader.Simulator.Create(new SimulatorOptions
        {
            SeedUsers = SimulatorUsers,
            RatePlan = SimulatorRate.ToLowerInvariant(),
            State = ReadState(),
        });
        using var secret = ProfileSecret.Secure(simulator.ClientSecret);
        var options = new EngineOptions
        {
            ScimUri = simulator.ScimUri,
            TokenUri = simulator.TokenUri,
            AccountId = simulator.AccountId,
            ClientId = simulator.ClientId,
            ClientSecret = secret.Copy(),
            MaxRequestsPerSecond = Cap(),
            Transport = simulator.CreateTransport(),
        };
        var name = Name ?? ConnectionTable.Current.FreeName("simulator");
        return ZoomScimConnection.Over(name, EngineLoader.Engine.Connect(options), options, simulator);
    }

    private string? ReadState()
    {
        if (SimulatorState is null)
        {
            return null;
        }

        try
        {
            return File.ReadAllText(SessionState.Path.GetUnresolvedProviderPathFromPSPath(SimulatorState));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new ScimException("Zoom.Simulator.FileNotRead", $"The simulator's state '{SimulatorState}' cannot be read: {exception.Message}", exception)
            {
                Category = nameof(ErrorCategory.OpenError),
                RecommendedAction = "Give a file that Export-ZoomScimSimulator wrote.",
            };
        }
    }

    private EngineOptions SignIn(string? clientId, SecureString? clientSecret)
    {
        var missing = new List<string>();
        AddIfMissing(string.IsNullOrWhiteSpace(AccountId), "the account id (-AccountId)");
        if (ParameterSetName == CredentialSet)
        {
            AddIfMissing(string.IsNullOrWhiteSpace(clientId) || clientSecret is not { Length: > 0 }, "the credential (-Credential is empty or incomplete)");
        }
        else
        {
            AddIfMissing(string.IsNullOrWhiteSpace(clientId), "the client id (-ClientId)");
            AddIfMissing(clientSecret is not { Length: > 0 }, "the client secret (-ClientSecret)");
        }

        return missing.Count == 0
            ? Options(AccountId!.Trim(), clientId!.Trim(), clientSecret, null)
            : throw MissingCredential(
                $"There is not enough to sign in with. Missing: {string.Join(", ", missing)}.",
                "Give -AccountId with -ClientId and -ClientSecret (a SecureString) or with -Credential (a PSCredential, such as Get-Secret gives).");

        void AddIfMissing(bool isMissing, string what)
        {
            if (isMissing)
            {
                missing.Add(what);
            }
        }
    }

    private EngineOptions FromProfile()
    {
        var profile = new ProfileStore(EngineLoader.Engine.ProfileFormat).Read(Profile!);
        var (clientId, secret) = profile.SecretVariable is null
            ? VaultSecret.Fetch(InvokeCommand, profile)
            : (null, ProfileSecret.FromVariable(profile));
        if (string.IsNullOrWhiteSpace(clientId ?? profile.ClientId))
        {
            throw MissingCredential(
                $"The profile '{profile.Name}' has no client id, and the {profile.SecretLocation} is no PSCredential, which would have one.",
                "Save the profile anew with New-ZoomScimProfile -ClientId -Force, or store a PSCredential in the vault.");
        }

        ScimUri ??= profile.ScimUri;
        TokenUri ??= profile.TokenUri;
        if (Proxy is null)
        {
            Proxy = profile.Proxy;
            ProxyUseDefaultCredentials = Given(nameof(ProxyUseDefaultCredentials))
                ? ProxyUseDefaultCredentials
                : ProxyCredential is null && profile.ProxyUseDefaultCredentials;
            ProxyCredential ??= profile.ProxySecretName is null || ProxyUseDefaultCredentials ? null : VaultSecret.FetchProxy(InvokeCommand, profile);
        }

        Name ??= profile.Name;
        Description = Given(nameof(Description)) ? Description : profile.Description;
        AllowCreate = Given(nameof(AllowCreate)) ? AllowCreate : profile.AllowCreate;
        AllowUpdate = Given(nameof(AllowUpdate)) ? AllowUpdate : profile.AllowUpdate;
        AllowDisable = Given(nameof(AllowDisable)) ? AllowDisable : profile.AllowDisable;
        AllowDeprovision = Given(nameof(AllowDeprovision)) ? AllowDeprovision : profile.AllowDeprovision;
        RemoveAction = Given(nameof(RemoveAction)) ? RemoveAction : profile.RemoveAction;
        return Options(profile.AccountId, clientId ?? profile.ClientId, secret, null, profile.MaxRequestsPerSecond);
    }

    private static ScimNotConnectedException MissingCredential(string message, string advice) => new("Zoom.Connection.MissingCredential", message)
    {
        Category = nameof(ErrorCategory.AuthenticationError),
        RecommendedAction = advice + " Or set the environment variables ZOOM_ACCOUNT_ID, ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET,"
            + " or save a profile with New-ZoomScimProfile and use -Profile. To try things without a Zoom account: Connect-ZoomScim -Simulator.",
    };

    private EngineOptions FromEnvironment()
    {
        if (EnvironmentSignIn.Read(out var missing) is not { } environment)
        {
            throw MissingCredential(
                $"There is nothing to sign in with: not set in the environment: {string.Join(", ", missing)}.",
                "Set them, or use -AccountId -ClientId -ClientSecret, or -AccountId -Credential, or -AccessToken.");
        }

        ScimUri ??= environment.ScimUri;
        TokenUri ??= environment.TokenUri;
        return Options(environment.AccountId, environment.ClientId, environment.ClientSecret, null);
    }

    private EngineOptions Options(string? accountId, string? clientId, SecureString? clientSecret, SecureString? accessToken, double? usualCap = null)
    {
        var (proxy, signIn) = ProxySignIn.TakenFrom(Proxy, ProxyCredential, ProxyUseDefaultCredentials);
        return new EngineOptions
        {
            AccountId = accountId,
            ClientId = clientId,
            ClientSecret = clientSecret,
            AccessToken = accessToken,
            ScimUri = ScimUri ?? EngineOptions.DefaultScimUri,
            TokenUri = TokenUri ?? EngineOptions.DefaultTokenUri,
            Proxy = proxy,
            ProxyCredential = ProxySignIn.ToNetwork(signIn),
            ProxyUseDefaultCredentials = ProxyUseDefaultCredentials,
            MaxRequestsPerSecond = Cap() ?? usualCap,
        };
    }

    private bool Given(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private double? Cap() => Given(nameof(MaxRequestsPerSecond)) ? MaxRequestsPerSecond : null;
}
