using System;
using System.Text.Json.Serialization;
using ZoomProvisioning.Connections;

namespace ZoomProvisioning.Engine.Profiles;

/// <summary>The members of a profile's file, in their order.</summary>
internal sealed class ProfileBody
{
    public string? Description { get; set; }

    public string? AccountId { get; set; }

    public string? ClientId { get; set; }

    public Uri? ScimUri { get; set; }

    public Uri? TokenUri { get; set; }

    public Uri? Proxy { get; set; }

    public bool? ProxyUseDefaultCredentials { get; set; }

    public double? MaxRequestsPerSecond { get; set; }

    public bool AllowCreate { get; set; } = true;

    public bool AllowUpdate { get; set; } = true;

    public bool AllowDisable { get; set; } = true;

    public bool AllowDeprovision { get; set; } = true;

    public RemoveAction RemoveAction { get; set; }

    public SecretPlace? Secret { get; set; }

    public static ProfileBody Of(ZoomScimProfile profile) => new()
    {
        Description = profile.Description.Length > 0 ? profile.Description : null,
        AccountId = profile.AccountId,
        ClientId = profile.ClientId,
        ScimUri = profile.ScimUri,
        TokenUri = profile.TokenUri,
        Proxy = profile.Proxy,
        ProxyUseDefaultCredentials = profile.ProxyUseDefaultCredentials ? true : null,
        MaxRequestsPerSecond = profile.MaxRequestsPerSecond,
        AllowCreate = profile.AllowCreate,
        AllowUpdate = profile.AllowUpdate,
        AllowDisable = profile.AllowDisable,
        AllowDeprovision = profile.AllowDeprovision,
        RemoveAction = profile.RemoveAction,
        Secret = new SecretPlace
        {
            Vault = profile.SecretVault,
            Name = profile.SecretName,
            EnvironmentVariable = profile.SecretVariable,
            ProxyName = profile.ProxySecretName,
        },
    };

    public ZoomScimProfile ToProfile(string name) => new(name)
    {
        Description = Description ?? string.Empty,
        AccountId = AccountId ?? string.Empty,
        ClientId = ClientId,
        ScimUri = ScimUri ?? EngineOptions.DefaultScimUri,
        TokenUri = TokenUri ?? EngineOptions.DefaultTokenUri,
        Proxy = Proxy,
        ProxyUseDefaultCredentials = ProxyUseDefaultCredentials ?? false,
        ProxySecretName = Secret?.ProxyName,
        MaxRequestsPerSecond = MaxRequestsPerSecond,
        AllowCreate = AllowCreate,
        AllowUpdate = AllowUpdate,
        AllowDisable = AllowDisable,
        AllowDeprovision = AllowDeprovision,
        RemoveAction = RemoveAction,
        SecretVault = Secret?.Vault,
        SecretName = Secret?.Name,
        SecretVariable = Secret?.EnvironmentVariable,
    };
}

/// <summary>Where the secret is; never the secret.</summary>
internal sealed class SecretPlace
{
    public string? Vault { get; set; }

    public string? Name { get; set; }

    public string? EnvironmentVariable { get; set; }

    public string? ProxyName { get; set; }
}

/// <summary>Reads and writes it by generated code.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ProfileBody))]
internal sealed partial class ProfileJsonContext : JsonSerializerContext;
