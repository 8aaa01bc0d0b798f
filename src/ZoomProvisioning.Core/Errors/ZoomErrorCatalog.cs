using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ZoomProvisioning;

/// <summary>
/// Zoom's words, and what they mean: the one place of its literal texts on the client's side. Zoom's status codes are
/// ambiguous (a duplicate is a 400, a missing seat a 409, a missing scope a 400), so the words decide first and the status
/// only where the words are unknown. Unknown words are always passed on whole.
/// </summary>
public static class ZoomErrorCatalog
{
    /// <summary>What to do where somebody is not found.</summary>
    internal const string FindUser = "Look for a part of the name, as in Get-ZoomScimUser *chill*; pending users cannot be seen over SCIM.";

    private static readonly Func<string, string, ScimException> BadRequest = (id, message) => new ScimBadRequestException(id, message);
    private static readonly Func<string, string, ScimException> NotFound = (id, message) => new ScimNotFoundException(id, message);
    private static readonly Func<string, string, ScimException> Conflict = (id, message) => new ScimConflictException(id, message);
    private static readonly Func<string, string, ScimException> UserState = (id, message) => new ScimUserStateException(id, message);
    private static readonly Func<string, string, ScimException> Seats = (id, message) => new ScimSeatsException(id, message);
    private static readonly Func<string, string, ScimException> Permission = (id, message) => new ScimPermissionException(id, message);
    private static readonly Func<string, string, ScimException> Authentication = (id, message) => new ScimAuthenticationException(id, message);
    private static readonly Func<string, string, ScimException> RateLimit = (id, message) => new ScimRateLimitException(id, message);
    private static readonly Func<string, string, ScimException> Server = (id, message) => new ScimServerException(id, message);

    /// <summary>What to do about an address that somebody has, whatever was to be done with it.</summary>
    internal const string AddressInUse = "Look it up with Get-ZoomScimUser. A user of this account can be adopted (New-ZoomScimUser -IfExists Update) or given "
        + "another address (Set-ZoomScimUser -UserName). If it is nobody there, the person must accept the invitation or leave the other account first.";

    private static readonly ZoomErrorRule[] All =
    [
        // The account and the request.
        new("Zoom.Account.SsoNotEnabled", "InvalidOperation", BadRequest,
            "The Zoom account has not enabled single sign-on, and without it Zoom's SCIM users cannot be reached.",
            "In the Zoom web portal, open Advanced > Single Sign-On and enable it (needs an approved vanity URL and a Business or Education plan).",
            "Account has not enabled Single Sign-On."),
        new("Zoom.Request.NotJson", "InvalidData", BadRequest,
            "Zoom could not read the request as JSON.",
            "Look whether a proxy changes requests or their Content-Type; run the command again with -Debug to see what was sent.",
            "The request body must be in JSON format.", "The request JSON must not be empty.", "Request Body should be a valid JSON object."),
        new("Zoom.Request.InvalidPatch", "InvalidData", BadRequest,
            "Zoom did not find a valid change in the request.",
            "Run the command again with -Debug and report what was sent.",
            "The request json did not contains valid active field.", "The \"Operations\" of the request is invalid."),
        new("Zoom.Request.InvalidFilter", "InvalidArgument", BadRequest,
            "Zoom does not have this filter.",
            "Users can be filtered by userName eq and externalId eq only, groups by displayName eq; for anything else, pipe Get-ZoomScimUser or "
                + "Get-ZoomScimGroup to Where-Object.",
            "The current filter is not supported, the filter name: {filter}", "The current filter does not support the filter name: {filter}"),
        new("Zoom.Request.ValidationFailed", "InvalidArgument", BadRequest,
            "Zoom refused a value.",
            "Correct the value Zoom names and run the record again.",
            "Validation Failed.", "Your request could not be completed because the name contains an invalid word: {name}"),
        new("Zoom.Endpoint.NotFound", "ResourceUnavailable", NotFound,
            "The address is not part of Zoom's SCIM API.",
            "Check -ScimUri: the default is https://api.zoom.us/scim2 (https://api.zoomgov.com/scim2 for Zoom for Government).",
            "This API endpoint is not recognized."),

        // The user's address.
        new("Zoom.User.AlreadyExists", "ResourceExists", Conflict,
            "The address is already in use in Zoom: by a user of this account, a pending invitation, or another Zoom account.",
            AddressInUse,
            "The email \"{email}\" is already in use.", "Email ''{email}'' has already been used."),
        new("Zoom.User.PendingOrForeign", "ResourceUnavailable", UserState,
            "The address belongs to a pending invitation or to another Zoom account; Zoom tells the two apart from 'unknown', but not from each other.",
            "If the person was invited, let them accept or withdraw the invitation in the Zoom web portal (User Management > Pending). "
                + "If they have an account of their own, consolidate it by domain management. Nothing was changed.",
            "User {email} not exist or not belong to this account.") { IsReportedSkip = true },
        new("Zoom.User.InvalidUserName", "InvalidArgument", BadRequest,
            "Zoom does not take this user name; it must be a mail address.",
            "Correct the user name in the source and run the record again.",
            "The \"userName\" of the request is invalid."),
        new("Zoom.User.DomainNotAssociated", "InvalidArgument", BadRequest,
            "The mail domain is not an associated domain of the Zoom account.",
            "In the Zoom web portal, open Advanced > Domain Management (Account Management > Account Profile), add and verify the domain, "
                + "then run the record again.",
            "The email domain does not match the associated domain of the account, please contact Zoom Customer Support to set up if necessary.",
            "Domain name doesn't match. Please contact the Zoom Customer Support to set managed domains for your account."),
        new("Zoom.User.EmailChangeRefused", "PermissionDenied", UserState,
            "Zoom does not let an admin's mail address be changed this way.",
            "Change the address in the Zoom web portal as the account owner, or take the admin role away first.",
            "Cannot change the email of Admin user.", "Only an account administrator can change email.", "Admin can not change other admins email.")
        {
            IsReportedSkip = true,
        },

        // The user's state.
        new("Zoom.User.NotFound", "ObjectNotFound", NotFound,
            "There is no such user in this Zoom account.",
            FindUser,
            "User does not exist."),
        new("Zoom.User.Inactive", "InvalidOperation", UserState,
            "The user is deactivated or locked, and Zoom changes active users only.",
            "Activate the user first: Set-ZoomScimUser -Active $true.",
            "User is inactive or locked."),
        new("Zoom.User.ForceInactive", "InvalidOperation", UserState,
            "Zoom itself has made the user inactive (billing or abuse), and only Zoom can change that.",
            "Contact Zoom's support with the tracking id.",
            "User is force inactive."),
        new("Zoom.User.AdminOrRoomProtected", "PermissionDenied", UserState,
            "Zoom does not activate or deactivate admins, owners and Zoom Rooms over SCIM.",
            "Give the user the role Member in the Zoom web portal first, then run the record again.",
            "Cannot activate or deactivate Zoom Room and Admin users.") { IsReportedSkip = true },
        new("Zoom.User.AdminProtected", "PermissionDenied", UserState,
            "Zoom does not delete admins and owners over SCIM.",
            "Give the user the role Member in the Zoom web portal first, then run the record again.",
            "Cannot delete Admin user.") { IsReportedSkip = true },
        new("Zoom.User.RoomProtected", "PermissionDenied", UserState,
            "A Zoom Room cannot become a Basic user.",
            "Leave the user type of Zoom Rooms out of the source.",
            "Cannot update Zoom Room user to free") { IsReportedSkip = true },
        new("Zoom.User.WhiteboardConflict", "InvalidArgument", BadRequest,
            "Zoom Whiteboard and Zoom Whiteboard Plus exclude each other.",
            "Assign one of the two.",
            "Cannot assign Zoom Whiteboard and Zoom Whiteboard Plus to a user at the same time."),

        // Seats and plans.
        new("Zoom.Seats.NoPaidLicence", "QuotaExceeded", Seats,
            "No paid licence is left in the Zoom account.",
            "Free a licence or buy more, then run the record again; or create the user with -UserType Basic.",
            "Cannot add paid users."),
        new("Zoom.Seats.InvalidPlan", "InvalidArgument", Seats,
            "The account does not have this plan.",
            "Check the plan's code against the account's subscriptions.",
            "The Zoom United Plan is invalid."),
        new("Zoom.Seats.PlanExhausted", "QuotaExceeded", Seats,
            "No seat of this plan is left.",
            "Free a seat of the plan or buy more, then run the record again.",
            "Cannot create more users with Zoom United Plan.",
            "Cannot create more users with Zoom Workplace Business Plus.",
            "Cannot create more users with Zoom Workplace Enterprise Premier.",
            "Cannot create more users with Zoom Workplace for Education School and Campus Plus.",
            "Cannot create more users with Zoom Workplace for Education Enterprise Premier.",
            "Cannot create more users with Zoom Workplace for Education Enterprise Student.",
            "Cannot create more users with Zoom Workplace Pro Plus.",
            // Zoom adds plans without notice.
            "Cannot create more users{rest}"),
        new("Zoom.Seats.BasicLimit", "QuotaExceeded", Seats,
            "The account has as many users of this kind as Zoom permits (9,999 Basic users).",
            "Deactivate or delete users who are no longer needed, or assign licences.",
            "Your request to activate the user was not approved at this time because your account has reached the permitted maximum number of {kind}",
            "Your request to add a basic user could not be approved at this time because your account has reached the permitted maximum number of {kind}"),
        new("Zoom.User.OnPremNotEnabled", "InvalidArgument", BadRequest,
            "The account may not have On-Prem users.",
            "Use another user type, or ask Zoom to enable On-Prem.",
            "Your account can't set user type as On-prem."),
        new("Zoom.User.TypeAndPlanTogether", "InvalidArgument", BadRequest,
            "The user type and a plan cannot be changed together.",
            "Change one of the two.",
            "You can't change the \"type\" or \"plan_united_type\" or \"zoom_one_type\" at the same time."),

        // Groups.
        new("Zoom.Group.AlreadyExists", "ResourceExists", Conflict,
            "A group of this name exists.",
            "Use the existing group, or another name.",
            "Group {groupName} exists."),
        new("Zoom.Group.NotFound", "ObjectNotFound", NotFound,
            "There is no such group in this Zoom account.",
            "Check the name or id in the Zoom web portal.",
            "Group does not exist.", "A group with this {groupId} does not exist."),
        new("Zoom.Group.Invalid", "InvalidArgument", BadRequest,
            "Zoom could not create the group.",
            "Check the group's name.",
            "The \"DisplayName\" of the request is invalid.", "Create group failed."),
        new("Zoom.Group.DefaultProtected", "PermissionDenied", BadRequest,
            "The account's default group cannot be deleted.",
            "Make another group the default first.",
            "Cannot delete account default group."),

        // Permissions and scopes.
        new("Zoom.Permission.RoleMissing", "PermissionDenied", Permission,
            "The admin who created the Zoom app lacks a role permission; the token acts with that admin's role.",
            "In the Zoom web portal, open User Management > Roles and give the app creator's role the permission Zoom names (User or Group, view and edit).",
            "The current login user does not have the \"User:Read\" permission.",
            "The request was denied due to insufficient permissions: \"{permission}\"."),
        new("Zoom.Permission.ScopeMissing", "PermissionDenied", Permission,
            "The token lacks the scope for SCIM.",
            "In the Zoom App Marketplace, open the app > Scopes, add scim2:admin (or scim2 in an older app), activate the app again, "
                + "then connect again. A new scope may take minutes to arrive.",
            "Invalid access token, does not contain scopes:[{scopes}].", "Invalid access token, does not contain scopes {scopes}", "Scope mismatch{rest}"),

        // Tokens.
        new("Zoom.Token.Invalid", "AuthenticationError", Authentication,
            "Zoom does not accept the access token.",
            "Connect again with Connect-ZoomScim. If it stays, check that the app is activated and its creator still has the admin role.",
            "Invalid access token."),
        new("Zoom.Token.Expired", "AuthenticationError", Authentication,
            "The access token has expired.",
            "Connect again with Connect-ZoomScim; a ready -AccessToken cannot be renewed by the module.",
            "Access token is expired."),
        new("Zoom.Token.Empty", "AuthenticationError", Authentication,
            "No access token reached Zoom.",
            "Look whether a proxy removes the Authorization header.",
            "Token cannot be empty."),
        new("Zoom.Token.InvalidClient", "AuthenticationError", Authentication,
            "Zoom does not accept the client id or client secret.",
            "Copy both again from the app's page App Credentials in the Zoom App Marketplace. A regenerated secret makes the old one useless.",
            "Invalid client_id or client_secret", "Invalid api key or secret."),
        new("Zoom.Token.UnsupportedGrant", "AuthenticationError", Authentication,
            "The app is not a Server-to-Server OAuth app.",
            "Create an app of the type 'Server-to-Server OAuth' in the Zoom App Marketplace and use its credentials.",
            "unsupported grant type"),
        new("Zoom.Token.InvalidAccount", "AuthenticationError", Authentication,
            "Zoom does not accept the account id.",
            "Copy the account id again from the app's page App Credentials; it is not the account number.",
            "Bad Request"),
        new("Zoom.Token.AppDisabled", "AuthenticationError", Authentication,
            "The Zoom app is disabled.",
            "Activate the app in the Zoom App Marketplace.",
            "The app has been disabled"),

        // Told by the token endpoint's codes alone: their words are not documented.
        new("Zoom.Token.OwnerGone", "AuthenticationError", Authentication,
            "The admin who created the Zoom app no longer exists in Zoom.",
            "Have a current admin create a new Server-to-Server OAuth app, or transfer the old one, and connect with its credentials."),
        new("Zoom.Token.DisabledByAdmin", "AuthenticationError", Authentication,
            "An admin of the account has disabled the Zoom app.",
            "In the Zoom web portal, open Advanced > App Marketplace > Apps on Account and allow the app again."),
        new("Zoom.Token.Revoked", "AuthenticationError", Authentication,
            "The token was revoked.",
            "Connect again with Connect-ZoomScim; if it comes back, use an app that no other integration uses."),

        // Rate limits.
        new("Zoom.Rate.PerSecond", "LimitsExceeded", RateLimit,
            "Zoom's per-second rate limit was reached and stayed so.",
            "Other apps of the account share the limit. Connect with a lower -MaxRequestsPerSecond, or run when less is going on.",
            "You have reached the maximum per-second rate limit for this API. Try again later."),
        new("Zoom.Rate.Daily", "LimitsExceeded", RateLimit,
            "Zoom's daily rate limit is used up.",
            "Run the remaining records after the time named.",
            "You have reached the maximum daily rate limit for this API. Refer to the response header for details on when you can make another request."),
        new("Zoom.Rate.Concurrent", "LimitsExceeded", RateLimit,
            "Zoom is still busy with an earlier request for the same user.",
            "Wait a moment and run the record again.",
            "Too many concurrent requests. A request to disassociate this user has already been made."),
    ];

    // Zoom's words are those of any missing scope; which one it is follows from what was asked.
    private static readonly ZoomErrorRule MembersScope = new(
        "Zoom.Permission.MembersScopeMissing", "PermissionDenied", Permission,
        "SCIM does not tell who is in a group, and the token lacks the scope to ask Zoom's other API.",
        "In the Zoom App Marketplace, open the app > Scopes, add group:read:list_members:admin (or group:read:admin in an older app), "
            + "activate the app again, then connect again. Everything else works without it.");

    private static readonly ZoomErrorRule ProxySignIn = new(
        "Zoom.Connection.ProxySignIn", "AuthenticationError", (id, message) => new ScimConnectionException(id, message),
        "The proxy asks for a sign-in and has not got one that it takes.",
        ProxySignInAdvice);

    /// <summary>What to do when a proxy answers 407.</summary>
    internal const string ProxySignInAdvice =
        "Give the sign-in with -ProxyCredential, or say -ProxyUseDefaultCredentials for the Windows account; "
            + "in HTTPS_PROXY it is part of the address (http://user:password@proxy:8080, with %40 for @ and so on). "
            + "If it was given, the user name or password is wrong or has expired. It was not tried again, so that no account is locked.";

    /// <summary>All rules, for completion, documentation and tests.</summary>
    public static IReadOnlyList<ZoomErrorRule> Rules => All;

    private static readonly HashSet<string> ReportedSkips = [.. All.Where(r => r.IsReportedSkip).Select(r => r.ErrorId)];

    /// <summary>Whether an error says that Zoom protects somebody, or cannot reach them.</summary>
    /// <param name="errorId">The error's id.</param>
    public static bool IsReportedSkip(string errorId) => ReportedSkips.Contains(errorId);

    /// <summary>The error that Zoom is known to answer, where it is not asked.</summary>
    /// <param name="errorId">The error's id.</param>
    /// <param name="why">Why it is known.</param>
    internal static ScimException Foreseen(string errorId, string why)
    {
        var rule = All.First(r => r.ErrorId == errorId);
        var exception = rule.Make(errorId, $"{rule.Meaning} {why} Nothing was sent.");
        (exception.Category, exception.RecommendedAction) = (rule.Category, rule.Advice);
        return exception;
    }

    /// <summary>The error a failed reply stands for.</summary>
    public static ScimException ToException(ZoomErrorReply reply)
    {
        var rule = All.FirstOrDefault(r => r.Matches(reply.Text) && AppliesTo(r, reply)) ?? ByStatus(reply);
        if (rule.ErrorId == "Zoom.Permission.ScopeMissing" && reply.Resource == "GroupMembers")
        {
            rule = MembersScope;
        }

        var words = string.IsNullOrWhiteSpace(reply.Text) ? "nothing" : $"\"{VisibleText.OneLine(reply.Text.Trim())}\"";
        var tracking = reply.TrackingId is null ? string.Empty : $", tracking id {VisibleText.OneLine(reply.TrackingId, 200)}";
        var wait = reply.RetryAfter is { } retryAfter ? $" Zoom asks to wait {Readable(retryAfter)}." : string.Empty;
        var message = $"{rule.Meaning} Zoom says {words} (HTTP {reply.Status.ToString(CultureInfo.InvariantCulture)}{tracking}).{wait}";
        return Create(rule, message, reply);
    }

    private static bool AppliesTo(ZoomErrorRule rule, ZoomErrorReply reply) =>
        // 'Bad Request' means a wrong account id only where tokens are made.
        rule.ErrorId != "Zoom.Token.InvalidAccount" || reply.FromTokenEndpoint;

    private static ZoomErrorRule ByStatus(ZoomErrorReply reply)
    {
        if (reply.FromTokenEndpoint && reply.Status < 500 && reply.Status is not (407 or 429))
        {
            return ByTokenCode(reply.Code) is { } id
                ? All.First(r => r.ErrorId == id)
                : new("Zoom.Token.Refused", "AuthenticationError", Authentication,
                    "Zoom did not issue an access token.",
                    "Check in the Zoom App Marketplace that the app is of the type Server-to-Server OAuth and activated, that account id, "
                        + "client id and secret are this app's, and that the admin who created it still exists (code 4735).");
        }

        return reply switch
        {
            { Status: 407 } => ProxySignIn,
            { Status: 400 or 401 } when reply.Text.IndexOf("does not contain scopes", StringComparison.OrdinalIgnoreCase) >= 0 =>
                All.First(r => r.ErrorId == "Zoom.Permission.ScopeMissing"),
            { Status: 401 } => All.First(r => r.ErrorId == "Zoom.Token.Invalid"),
            // A page in HTML comes from a proxy or the edge, and says nothing about roles.
            { Status: 403, IsJson: true } => All.First(r => r.ErrorId == "Zoom.Permission.RoleMissing"),
            { Status: 404, Resource: "Groups" or "GroupMembers", IsJson: true } => All.First(r => r.ErrorId == "Zoom.Group.NotFound"),
            { Status: 404, IsJson: true } => All.First(r => r.ErrorId == "Zoom.User.NotFound"),
            { Status: 404 } => All.First(r => r.ErrorId == "Zoom.Endpoint.NotFound"),
            { Status: 409 } => new("Zoom.Request.Conflict", "ResourceExists", Conflict,
                "Zoom refused the request because of a conflict.",
                "Read Zoom's words: an address in use, a domain that is not associated, or a licence that is not left."),
            { Status: 429 } => All.First(r => r.ErrorId == "Zoom.Rate.PerSecond"),
            { Status: >= 500 } => new("Zoom.Server.Failed", "ConnectionError", Server,
                "Zoom's servers failed.",
                "Run the record again later; see https://status.zoom.us."),
            { IsJson: false } => new("Zoom.Server.Unreadable", "InvalidData", Server,
                "The answer is not JSON, so it probably comes from a proxy or from the edge in front of Zoom.",
                "Check -ScimUri, -Proxy and what stands between this machine and Zoom."),
            _ => new("Zoom.Request.Refused", "InvalidOperation", BadRequest,
                "Zoom refused the request.",
                "Read Zoom's words; give its support the tracking id if they do not help."),
        };
    }

    /// <summary>What a code of the token endpoint means, whatever the words beside it.</summary>
    private static string? ByTokenCode(string? code) => code switch
    {
        "invalid_client" or "4702" or "4704" or "4706" => "Zoom.Token.InvalidClient",
        "unsupported_grant_type" or "4705" => "Zoom.Token.UnsupportedGrant",
        "4711" => "Zoom.Permission.ScopeMissing",
        "4717" => "Zoom.Token.AppDisabled",
        "4735" => "Zoom.Token.OwnerGone",
        "4738" => "Zoom.Token.DisabledByAdmin",
        "4741" => "Zoom.Token.Revoked",
        _ => null,
    };

    private static ScimException Create(ZoomErrorRule rule, string message, ZoomErrorReply reply)
    {
        var exception = rule.Make(rule.ErrorId, message);
        exception.Category = rule.Category;
        exception.RecommendedAction = rule.Advice;
        exception.Status = reply.Status;
        exception.ZoomMessage = VisibleText.OneLine(reply.Text);
        exception.ZoomCode = reply.Code;
        exception.TrackingId = reply.TrackingId;
        exception.RetryAfter = reply.RetryAfter;
        return exception;
    }

    private static string Readable(TimeSpan time) => time < TimeSpan.FromMinutes(2)
        ? string.Format(CultureInfo.InvariantCulture, "{0:0} seconds", time.TotalSeconds)
        : string.Format(CultureInfo.InvariantCulture, "{0:0} minutes", time.TotalMinutes);
}
