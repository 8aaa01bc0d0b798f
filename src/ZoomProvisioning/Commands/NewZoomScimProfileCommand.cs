using System;
using System.Management.Automation;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Loading;

namespace ZoomProvisioning.Commands;

/// <summary>
/// Saves the settings of a connection under a name, for Connect-ZoomScim -Profile. The client secret is not saved: the profile
/// says in which vault or environment variable it is. Nothing is sent to Zoom.
/// </summary>
[Cmdlet(VerbsCommon.New, "ZoomScimProfile", DefaultParameterSetName = VaultSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(ZoomScimProfile))]
public sealed class NewZoomScimProfileCommand : ConnectionSettingsCmdlet
{
    private const string VaultSet = "Vault";
    private const string VariableSet = "Variable";

    /// <summary>The name of the profile: letters, digits, '-', '_' and '.'.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = string.Empty;

    /// <summary>The Zoom account id, from the app's page App Credentials. Always needed.</summary>
    [Parameter]
    public string? AccountId { get; set; }

    /// <summary>The app's client id. It can be left out when the vault has a PSCredential, whose user name it is.</summary>
    [Parameter]
    public string? ClientId { get; set; }

    /// <summary>The SecretManagement vault with the client secret. Left out, SecretManagement looks in all of them.</summary>
    [Parameter(ParameterSetName = VaultSet)]
    [ValidateNotNullOrEmpty]
    public string? SecretVault { get; set; }

    /// <summary>The name of the secret in the vault: a SecureString with the client secret, or a PSCredential with client id and client secret.</summary>
    [Parameter(ParameterSetName = VaultSet)]
    [ValidateNotNullOrEmpty]
    public string? SecretName { get; set; }

    /// <summary>The environment variable with the client secret, such as ZOOM_CLIENT_SECRET.</summary>
    [Parameter(ParameterSetName = VariableSet)]
    [ValidateNotNullOrEmpty]
    public string? SecretVariable { get; set; }

    /// <summary>The base address of Zoom's SCIM2 API. The default is https://api.zoom.us/scim2.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri ScimUri { get; set; } = EngineOptions.DefaultScimUri;

    /// <summary>Where tokens are fetched. The default is https://zoom.us/oauth/token.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri TokenUri { get; set; } = EngineOptions.DefaultTokenUri;

    /// <summary>
    /// An HTTP proxy, such as http://proxy.example.com:8080. A user name and password in the address are taken out and kept as those
    /// of -ProxyCredential.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>
    /// User name and password for the proxy. They are stored in the vault beside the client secret, under its name with -proxy at the
    /// end; the profile keeps that name only. With -SecretVariable give it to Connect-ZoomScim instead, or set HTTPS_PROXY.
    /// </summary>
    [Parameter]
    [UnpromptedCredential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Sign in to the proxy with the Windows account that runs the session.</summary>
    [Parameter]
    public SwitchParameter ProxyUseDefaultCredentials { get; set; }

    /// <summary>Replace a profile of this name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override void OnRecord()
    {
        try
        {
            Save();
        }
        catch (ScimException exception)
        {
            Terminate(exception, Name);
        }
    }

    private void Save()
    {
        if (!Force && ProfileStore.Exists(Name))
        {
            throw new ScimConflictException("Zoom.Profile.AlreadyExists", $"There is a profile '{Name}' already. It was left as it is.")
            {
                Category = nameof(ErrorCategory.ResourceExists),
                RecommendedAction = "Use -Force to replace it as a whole, or choose another name. Get-ZoomScimProfile shows what it holds.",
            };
        }

        var (proxy, signIn) = ProxySignIn.TakenFrom(Proxy, ProxyCredential, ProxyUseDefaultCredentials);
        if (signIn is not null && SecretName is null)
        {
            throw new ScimNotConnectedException(
                "Zoom.Profile.ProxySecret",
                "A profile whose client secret is in an environment variable has no place for the password of a proxy.")
            {
                Category = nameof(ErrorCategory.InvalidArgument),
                RecommendedAction = "Leave it out and give -ProxyCredential to Connect-ZoomScim -Profile, or set HTTPS_PROXY, "
                    + "or keep the secrets in a vault (-SecretName).",
            };
        }

        var profile = new ZoomScimProfile(Name)
        {
            Description = Description,
            AccountId = AccountId?.Trim() ?? string.Empty,
            ClientId = string.IsNullOrWhiteSpace(ClientId) ? null : ClientId!.Trim(),
            ScimUri = ScimUri,
            TokenUri = TokenUri,
            Proxy = proxy,
            ProxyUseDefaultCredentials = ProxyUseDefaultCredentials,
            ProxySecretName = signIn is null ? null : SecretName + "-proxy",
            MaxRequestsPerSecond = MyInvocation.BoundParameters.ContainsKey(nameof(MaxRequestsPerSecond)) ? MaxRequestsPerSecond : null,
            AllowCreate = AllowCreate,
            AllowUpdate = AllowUpdate,
            AllowDisable = AllowDisable,
            AllowDeprovision = AllowDeprovision,
            RemoveAction = RemoveAction,
            SecretVault = SecretVault,
            SecretName = SecretName,
            SecretVariable = SecretVariable,
        };
        if (MayProceed($"profile {Name}", $"Save in {ProfileStore.Folder}"))
        {
            if (signIn is not null)
            {
                VaultSecret.StoreProxy(InvokeCommand, profile, signIn);
            }

            new ProfileStore(EngineLoader.Engine.ProfileFormat).Write(profile);
            WriteObject(profile);
        }
    }
}
