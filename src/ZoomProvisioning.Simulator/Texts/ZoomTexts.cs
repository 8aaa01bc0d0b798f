using System.Globalization;

namespace ZoomProvisioning.Simulator.Texts;

/// <summary>
/// Every sentence Zoom says, letter by letter, oddities included (fact sheet sections 1.5, 2.2, 4, 5.3 and 6).
/// Nothing else in the simulator holds a text of Zoom's.
/// </summary>
internal static class ZoomTexts
{
    // Gateway, before the SCIM handlers (section 4.6, 1.5).
    public const string UnknownEndpoint = "This API endpoint is not recognized.";
    public const string InvalidToken = "Invalid access token.";
    public const string ExpiredToken = "Access token is expired.";
    public const string NoToken = "Token cannot be empty.";
    public const string OtherGrantToken = "Invalid api key or secret.";
    public const string PerSecondLimit = "You have reached the maximum per-second rate limit for this API. Try again later.";
    public const string DailyLimit = "You have reached the maximum daily rate limit for this API. Refer to the response header for details on when "
        + "you can make another request.";
    public const string ConcurrentDelete = "Too many concurrent requests. A request to disassociate this user has already been made.";

    // v2's words for a body it does not like (section 4.6).
    public const string BodyNotJson = "Request Body should be a valid JSON object.";
    public const string ValidationFailed = "Validation Failed.";

    // Token endpoint (section 5.3).
    public const string InvalidClientReason = "Invalid client_id or client_secret";
    public const string InvalidClientError = "invalid_client";
    public const string UnsupportedGrantReason = "unsupported grant type";
    public const string UnsupportedGrantError = "unsupported_grant_type";
    public const string BadRequestReason = "Bad Request";
    public const string BadRequestError = "invalid_request";
    public const string InvalidTokenReason = "Invalid Token!";
    public const string InvalidGrantError = "invalid_grant";
    public const string AppDisabled = "The app has been disabled";

    // Users and groups (sections 4.1 and 6.1).
    public const string NoSingleSignOn = "Account has not enabled Single Sign-On.";
    public const string NotJson = "The request body must be in JSON format.";
    public const string EmptyJson = "The request JSON must not be empty.";
    public const string ListUsersDenied = "The current login user does not have the \"User:Read\" permission.";

    // Users (sections 4.1 to 4.5).
    public const string InvalidUserName = "The \"userName\" of the request is invalid.";
    public const string UserMissing = "User does not exist.";
    public const string UserInactive = "User is inactive or locked.";
    public const string UserForceInactive = "User is force inactive.";
    public const string AdminEmail = "Cannot change the email of Admin user.";
    public const string AdminDelete = "Cannot delete Admin user.";
    public const string AdminOrRoomState = "Cannot activate or deactivate Zoom Room and Admin users.";
    public const string RoomToFree = "Cannot update Zoom Room user to free";
    public const string BothWhiteboards = "Cannot assign Zoom Whiteboard and Zoom Whiteboard Plus to a user at the same time.";
    public const string NoActiveField = "The request json did not contains valid active field.";
    public const string ForeignDomain = "The email domain does not match the associated domain of the account, please contact Zoom Customer Support "
        + "to set up if necessary.";
    public const string UnmanagedDomain = "Domain name doesn't match. Please contact the Zoom Customer Support to set managed domains for your account.";

    // Users, in v2's words: its rules are expected behind SCIM as well (section 3.3 and 3.7).
    public const string NoOnPrem = "Your account can't set user type as On-prem.";
    public const string OnlyAdministratorChangesEmail = "Only an account administrator can change email.";
    public const string OtherAdminEmail = "Admin can not change other admins email.";

    // Licences (section 4.1). The last pair is v2's wording, the only one known for the Basic limit (sections 3.3 and 4.4).
    public const string NoPaidSeat = "Cannot add paid users.";
    public const string UnitedPlanInvalid = "The Zoom United Plan is invalid.";
    public const string NoUnited = "Cannot create more users with Zoom United Plan.";
    public const string NoBusinessPlus = "Cannot create more users with Zoom Workplace Business Plus.";
    public const string NoEnterprisePremier = "Cannot create more users with Zoom Workplace Enterprise Premier.";
    public const string NoSchoolCampusPlus = "Cannot create more users with Zoom Workplace for Education School and Campus Plus.";
    public const string NoEduEnterprisePremier = "Cannot create more users with Zoom Workplace for Education Enterprise Premier.";
    public const string NoEduEnterpriseStudent = "Cannot create more users with Zoom Workplace for Education Enterprise Student.";
    public const string NoProPlus = "Cannot create more users with Zoom Workplace Pro Plus.";
    public const string TypeAndPlan = "You can't change the \"type\" or \"plan_united_type\" or \"zoom_one_type\" at the same time.";

    // Groups (section 6).
    public const string InvalidDisplayName = "The \"DisplayName\" of the request is invalid.";
    public const string GroupCreateFailed = "Create group failed.";
    public const string GroupMissing = "Group does not exist.";
    public const string DefaultGroup = "Cannot delete account default group.";
    public const string InvalidOperations = "The \"Operations\" of the request is invalid.";

    // The v2 API (section 6.3; code 4130, and v2's general code 300).
    public const string InvalidPageToken = "The next page token is either invalid or expired.";

    public static string GroupUnknown(string id) => $"A group with this {id} does not exist.";

    public static string MissingScopes(string scopes) => $"Invalid access token, does not contain scopes:[{scopes}].";

    public static string Denied(string permission) => $"The request was denied due to insufficient permissions: \"{permission}\".";

    public static string UserFilter(string filter) => $"The current filter is not supported, the filter name: {filter}";

    public static string GroupFilter(string filter) => $"The current filter does not support the filter name: {filter}";

    public static string NotOfThisAccount(string email) => $"User {email} not exist or not belong to this account.";

    public static string EmailInUse(string email) => $"The email \"{email}\" is already in use.";

    // Two single quotes on each side: Zoom's own slip.
    public static string EmailUsed(string email) => $"Email ''{email}'' has already been used.";

    public static string ForbiddenWord(string name) => $"Your request could not be completed because the name contains an invalid word: {name}";

    public static string GroupExists(string name) => $"Group {name} exists.";

    public static string BasicLimitOnAdd(int maximum) => string.Format(
        CultureInfo.InvariantCulture,
        "Your request to add a basic user could not be approved at this time because your account has reached the permitted maximum number of {0} "
            + "basic users. Please remove existing basic user(s) from your Users list or the Pending Users list before attempting to add another user.",
        maximum);

    public static string BasicLimitOnActivate(int maximum) => string.Format(
        CultureInfo.InvariantCulture,
        "Your request to activate the user was not approved at this time because your account has reached the permitted maximum number of {0} basic users.",
        maximum);
}
