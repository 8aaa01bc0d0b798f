using ZoomProvisioning.Connections;
using ZoomProvisioning.Engine.Wire;

namespace ZoomProvisioning.Engine.Connection;

/// <summary>What an admin does about a connection test that failed (sheet 1.3, 4.6 and 5.3).</summary>
internal static class Remedies
{
    private const string App = "In the Zoom App Marketplace (marketplace.zoom.us) open Manage > your Server-to-Server OAuth app";

    /// <summary>The scope is missing.</summary>
    public const string Scopes = App + " > Scopes > Add Scopes, add scim2:admin (older apps: scim2), save, and test again."
        + " A change of scopes can take a while to arrive, in rare cases until the next day.";

    /// <summary>The address answers, but is not Zoom's SCIM2.</summary>
    public static string WrongAddress(EngineOptions options) =>
        $"Check -ScimUri: it is {options.ScimUri}, Zoom's is {EngineOptions.DefaultScimUri} (ZoomGov: https://api.zoomgov.com/scim2).";

    /// <summary>The remedy for an error; Zoom's words decide before its codes.</summary>
    public static string? For(ScimException error, EngineOptions options)
    {
        var words = error.ZoomMessage ?? error.Message;
        return ByWords(words)
            ?? (error.ZoomCode is { } code ? ByCode(code) : null)
            ?? ByKind(error, options)
            ?? (error.RecommendedAction.Length > 0 ? error.RecommendedAction : null);
    }

    private static string? ByWords(string words)
    {
        if (Words.Say(words, "does not contain scopes"))
        {
            return Scopes;
        }

        if (Words.Say(words, "Single Sign-On"))
        {
            return "Zoom's SCIM needs single sign-on and a vanity URL. In the Zoom web portal open Advanced > Single Sign-On, "
                + "set it up and turn it on; on its page choose Provision User: Prior to Sign-In.";
        }

        if (Words.Say(words, "permission"))
        {
            return "The app acts with the role of the admin who created it. In the Zoom web portal open User Management > Roles, "
                + "open that admin's role and allow Users: View and Edit (for groups also Groups: View and Edit). Then fetch a new token by testing again.";
        }

        if (Words.Say(words, "unsupported grant type"))
        {
            return "The app is not of the type Server-to-Server OAuth, or -TokenUri does not point to Zoom. Create a new app in the Zoom App "
                + "Marketplace (Develop > Build App > Server-to-Server OAuth App); an app's type cannot be changed.";
        }

        return Words.Say(words, "Invalid client_id or client_secret")
            ? App + " > App Credentials and copy the client id and client secret again, without blanks. After Regenerate only the new secret works."
            : null;
    }

    private static string? ByCode(string code) => code switch
    {
        "invalid_client" or "4702" or "4704" or "4706" =>
            App + " > App Credentials and copy the client id and client secret again, without blanks. After Regenerate only the new secret works.",
        "unsupported_grant_type" or "4705" =>
            "The app is not of the type Server-to-Server OAuth. Create a new app in the Zoom App Marketplace (Develop > Build App > "
                + "Server-to-Server OAuth App); an app's type cannot be changed.",
        "invalid_request" or "invalid_grant" =>
            App + " > App Credentials and check the account id: it is the one shown there, neither the account number nor the vanity URL."
                + " Check under Activation that the app is activated, too.",
        "4711" or "104" => Scopes,
        "4700" => App + " > Activation and check that the app is activated; then check its credentials and scopes.",
        "4717" => App + " > Activation and activate the app: Zoom says it is disabled.",
        "4735" => "The admin who created the app no longer exists in Zoom. Have a current admin create a new Server-to-Server OAuth app, "
            + "or transfer the old one, and connect with its credentials.",
        "4738" => "An account admin has disabled the app. In the Zoom web portal open Advanced > App Marketplace > Apps on Account and allow it again.",
        "4741" => "The token was revoked. Connect again; if it comes back, use an app that no other integration uses.",
        "124" => "Zoom does not take the access token. With -AccessToken: get a new one, they last an hour. Otherwise check that the app belongs to "
            + "an active admin, regenerate its secret and connect again.",
        "200" => "The token was obtained in another way than for a Server-to-Server OAuth app. Create an app of that type (Develop > Build App > "
            + "Server-to-Server OAuth App) and use its credentials.",
        _ => null,
    };

    private static string? ByKind(ScimException error, EngineOptions options) => error switch
    {
        ScimNotFoundException => WrongAddress(options),
        { Status: 404 } => WrongAddress(options),
        { Status: >= 300 and < 400 } => WrongAddress(options),
        _ => null,
    };
}
