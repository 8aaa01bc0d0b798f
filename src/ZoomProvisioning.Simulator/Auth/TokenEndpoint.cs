using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;
using ZoomProvisioning.Simulator.Behaviours;
using ZoomProvisioning.Simulator.Http;
using ZoomProvisioning.Simulator.Texts;

namespace ZoomProvisioning.Simulator.Auth;

/// <summary>POST /oauth/token for Server-to-Server apps (fact sheet 5).</summary>
internal sealed class TokenEndpoint(TokenStore tokens, string clientId, string clientSecret)
{
    private const string GrantType = "account_credentials";

    private readonly byte[] _expected = Encoding.UTF8.GetBytes(clientId + ":" + clientSecret);

    public SimulatedResponse Handle(SimulatedRequest request, Behaviour behaviour, string accountId, DateTimeOffset now)
    {
        if (!IsOurClient(request.Authorization))
        {
            return Replies.OAuth(behaviour.Number(Switches.InvalidClientStatus), ZoomTexts.InvalidClientReason, ZoomTexts.InvalidClientError);
        }

        var parameters = Parameters(request, behaviour);
        var isOtherGrant = !parameters.TryGetValue("grant_type", out var grant) || grant != GrantType;
        if (isOtherGrant && (grant is null || behaviour.Is(Switches.OtherGrants, "refused")))
        {
            return Replies.OAuth(400, ZoomTexts.UnsupportedGrantReason, ZoomTexts.UnsupportedGrantError);
        }

        if (!isOtherGrant && (!parameters.TryGetValue("account_id", out var account) || account != accountId))
        {
            return Replies.OAuth(400, ZoomTexts.BadRequestReason, ZoomTexts.BadRequestError);
        }

        if (RefuseApp(behaviour.Text(Switches.App)) is { } refusal)
        {
            return refusal;
        }

        var lifetime = behaviour.Number(Switches.TokenLifetime);
        var scopes = behaviour.Text(Switches.Scopes);
        var token = behaviour.Is(Switches.App, "not-activated")
            ? ""
            : tokens.Issue(
                scopes.Split([' '], StringSplitOptions.RemoveEmptyEntries),
                now,
                TimeSpan.FromSeconds(lifetime),
                behaviour.Is(Switches.OldTokens, "revoked"),
                isOtherGrant);
        return Replies.Json(200, json =>
        {
            json.WriteStartObject();
            json.WriteString("access_token", token);
            json.WriteString("token_type", "bearer");
            json.WriteNumber("expires_in", lifetime);
            if (behaviour.Is(Switches.ScopeField, "present"))
            {
                json.WriteString("scope", scopes);
            }

            json.WriteString("api_url", behaviour.Text(Switches.ApiUrl));
            json.WriteEndObject();
        });
    }

    private static SimulatedResponse? RefuseApp(string state) => state switch
    {
        "disabled" => Replies.Gateway(400, 4717, ZoomTexts.AppDisabled),
        "invalid-token" => Replies.OAuth(400, ZoomTexts.InvalidTokenReason, ZoomTexts.BadRequestError),
        "invalid-grant" => Replies.OAuth(401, ZoomTexts.InvalidTokenReason, ZoomTexts.InvalidGrantError),
        _ => null,
    };

    // Form or query, but nothing when the request calls itself JSON (5.1), unless the query counts all the same (12.13).
    private static Dictionary<string, string> Parameters(SimulatedRequest request, Behaviour behaviour)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        if (request.MediaType is "application/json" or "application/scim+json" && behaviour.Is(Switches.TokenJsonBody, "reject"))
        {
            return parameters;
        }

        if (behaviour.Is(Switches.TokenQuery, "ok"))
        {
            parameters = FormText.Parse(request.Query);
        }

        if (request.MediaType == "application/x-www-form-urlencoded")
        {
            foreach (var pair in FormText.Parse(request.BodyText))
            {
                parameters[pair.Key] = pair.Value;
            }
        }

        return parameters;
    }

    private bool IsOurClient(string? authorization)
    {
        if (authorization?.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) != true)
        {
            return false;
        }

        byte[] sent;
        try
        {
            sent = Convert.FromBase64String(authorization.Substring(6).Trim());
        }
        catch (FormatException)
        {
            return false;
        }

        // Compared as hashes, so that the time it takes says nothing about the secret.
        using var sha = SHA256.Create();
        return Convert.ToBase64String(sha.ComputeHash(sent)) == Convert.ToBase64String(sha.ComputeHash(_expected));
    }
}
