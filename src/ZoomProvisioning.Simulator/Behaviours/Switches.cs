using System.Collections.Generic;

namespace ZoomProvisioning.Simulator.Behaviours;

/// <summary>
/// Every switch there is. Each stands for a quirk of Zoom's or for a question on which the evidence disagrees (fact sheet
/// sections 9 and 10); the first position is what the evidence favours.
/// </summary>
internal static class Switches
{
    private static readonly List<Switch> Registered = [];

    // The account.
    public static readonly Switch BasePath = Choice("base_path", "Where the SCIM API begins (10.1).", "/scim2", "/v2/scim2", "/scim");
    public static readonly Switch SingleSignOn = Choice("sso", "Whether the account has Single Sign-On; off refuses every user request (1.3).", "on", "off");
    public static readonly Switch Permissions = Text(
        "permissions",
        "Role permissions of the app's creator, separated by blanks (4.6).",
        "User:Read User:Edit Group:Read Group:Edit");

    public static readonly Switch Ids = Choice(
        "ids",
        "Characters of new ids: those of the documented ones, or also such as break clients that do not escape them: / + % (12.14).",
        "documented",
        "hostile");

    // Tokens.
    public static readonly Switch Scopes = Text("scopes", "Scopes that new tokens get (5.1).", "scim2:admin user:read:list_users:admin");
    public static readonly Switch ScopeField = Choice("token_scope_field", "Whether the token reply names its scopes (10.24).", "present", "absent");
    public static readonly Switch TokenLifetime = Number("token_lifetime_seconds", "Lifetime of new tokens (5.1).", 3599, 1, 86_400);
    public static readonly Switch OldTokens = Choice("old_tokens", "Whether a new token ends the ones before it (5.2).", "kept", "revoked");
    public static readonly Switch TokenQuery = Choice("token_query_params", "Whether token parameters may come in the query (5.1).", "ok", "reject");
    public static readonly Switch TokenJsonBody = Choice(
        "token_json_body", "Token parameters in the query beside a body that says it is JSON (12.13).", "reject", "ok");
    public static readonly Switch InvalidClientStatus = Number("invalid_client_status", "HTTP status for wrong credentials (5.3).", 400, 400, 401);
    public static readonly Switch App = Choice(
        "app",
        "State of the app: not-activated gives an empty token, the others an error (5.3).",
        "active",
        "not-activated",
        "disabled",
        "invalid-token",
        "invalid-grant");
    public static readonly Switch OtherGrants = Choice(
        "other_grants",
        "Whether another grant than account_credentials gets a token, which SCIM then refuses with code 200 (4.6).",
        "refused",
        "accepted");
    public static readonly Switch NoTokenReply = Choice(
        "no_token_reply", "Status and code for a request without a token (4.6).", "401-124", "400-4700", "401-4700");
    public static readonly Switch InvalidTokenReply = Choice(
        "invalid_token_reply",
        "How an unknown token is refused: code 124, or the envelope of a newer gateway (4.6).",
        "code-124",
        "status-false");
    public static readonly Switch ApiUrl = Text("api_url", "The api_url of the token reply (5.1).", "https://api.zoom.us");
    public static readonly Switch MissingScope = Choice(
        "missing_scope_reply", "Status and code for a token without the scope (10.26).", "400-4711", "400-4700", "400-104", "401-4711");

    // Requests.
    public static readonly Switch ScimContentType = Choice(
        "scim_json_content_type", "Whether bodies may be application/scim+json (10.18).", "accepted", "rejected");
    public static readonly Switch BodyErrors = Choice("body_errors", "Whose words refuse a body that is empty or not JSON (4.6).", "scim", "v2");
    public static readonly Switch StatusField = Choice("status_field", "How SCIM errors write their status (4.6).", "number", "string");

    // Lists.
    public static readonly Switch CountDefault = Number("count_default", "Page size when none is asked for (2.1).", 1, 1, 100);
    public static readonly Switch CountAboveMaximum = Choice("count_above_max", "A count above 100: cut to 100, or refused (10.3).", "clamp", "400");
    public static readonly Switch FilterQuotes = Choice(
        "filter_quotes", "Which spelling of a filter's value is understood (2.2).", "both", "unquoted-only", "quoted-only");
    public static readonly Switch PendingFilterStatus = Number(
        "pending_filter_status", "Status for a pending or foreign address in a filter (2.2).", 400, 400, 404);
    public static readonly Switch ListRoles = Choice(
        "list_includes_roles", "Whether lists carry roles and groups as empty objects (2.4).", "no", "empty-object");

    // Reading a user.
    public static readonly Switch RolesGroupsShape = Choice("get_roles_groups_shape", "How GET writes roles and groups (2.4).", "object", "array");
    public static readonly Switch TitleLocale = Choice("title_locale_in_get", "Whether GET returns title and locale (2.4).", "no", "yes");
    public static readonly Switch UserTypeReturned = Choice("user_type_returned", "Whether replies carry userType, which is deprecated (10.30).", "yes", "no");
    public static readonly Switch PhoneWork = Choice(
        "phone_work_returned_as", "The label a phone number of type work comes back with (3.4).", "work", "office");
    public static readonly Switch PlanCodes = Choice("plan_codes_as", "Whether plan codes come back as strings or numbers (10.46).", "string", "number");
    public static readonly Switch ConsistencyReads = Number("eventual_consistency_reads", "How many times GET says 404 after a POST (10.44).", 0, 0, 1000);

    // Writing a user.
    public static readonly Switch DuplicateStatus = Choice("duplicate_status", "Status of a POST for an address in use (10.12).", "400", "409");
    public static readonly Switch DomainText = Choice("domain_text", "The sentence about a domain the account has not got (4.1).", "associated", "managed");
    public static readonly Switch PostEmails = Choice(
        "post_emails", "Whether POST takes the address from emails when both are sent (10.11).", "ignored", "applied");
    public static readonly Switch PostPutOnly = Choice(
        "post_put_only", "Whether POST takes the attributes that the documentation has for PUT only (12.4).", "ignored", "applied");
    public static readonly Switch RefusedUserTypes = Text(
        "refused_user_types", "User types the account refuses, separated by blanks, such as Collaboration None (12.2).", "");
    public static readonly Switch PutUserName = Choice("put_userName", "Whether userName in PUT changes the address (10.11).", "ignored", "applied");
    public static readonly Switch EmailChange = Choice("email_change", "Whether addresses may be changed (3.7).", "allowed", "administrator-only");
    public static readonly Switch AdminEmailText = Choice(
        "admin_email_text", "The sentence about the address of an admin: SCIM's or v2's (3.7, 4.2).", "scim", "v2");
    public static readonly Switch OnPrem = Choice("on_prem", "Whether the account may have On-Prem users (3.3).", "enabled", "disabled");
    public static readonly Switch ForbiddenWords = Text("forbidden_words", "Words that no name may hold, separated by blanks (3.7).", "");
    public static readonly Switch PhoneLimit = Number("phone_limit", "How many phone numbers are kept; 0 is all (10.33).", 0, 0, 100);
    public static readonly Switch UnknownGroup = Choice(
        "unknown_group", "What a group's name in a user that is no group's does (10.41).", "ignored", "created");
    public static readonly Switch PutSemantics = Choice("put_semantics", "Whether PUT leaves alone what it does not name (10.7).", "merge", "replace");
    public static readonly Switch PutArrays = Choice("put_arrays", "Whether arrays in PUT replace or add (10.8).", "replace", "merge");
    public static readonly Switch PutEmpty = Choice("put_empty_string", "What an empty string in PUT does (10.9).", "clears", "ignored");
    public static readonly Switch PutNull = Choice("put_null", "What null in PUT does (10.9).", "ignored", "clears");
    public static readonly Switch PutNames = Choice("put_names", "Whether PUT changes names that are set (10.10).", "always", "only-if-empty");
    public static readonly Switch PutDisplayName = Choice("put_displayName", "Whether PUT changes displayName (10.10).", "applied", "ignored");
    public static readonly Switch PutActive = Choice("put_active", "Whether PUT's active is applied to an active user (10.16).", "applied", "ignored");
    public static readonly Switch PutActiveOnInactive = Choice(
        "put_active_on_inactive", "What active:true in the PUT of an inactive user does (10.16).", "error", "reactivates");
    public static readonly Switch PatchSchemas = Choice(
        "patch_schemas", "Whether PATCH insists on the schemas of the documentation (10.17).", "unchecked", "documented-only");
    public static readonly Switch PatchOpCase = Choice("patch_op_case", "Whether the op of a user's PATCH may be in any case (section 9).", "exact", "any");
    public static readonly Switch PatchActiveText = Choice("patch_active_text", "Whether a user's PATCH takes active as a text (4.3).", "rejected", "accepted");
    public static readonly Switch ActivationWithoutSeat = Number(
        "activation_without_seat", "Status of a PATCH that activates somebody whose paid seat is taken; the contract has no 409 there (12.15).", 400, 400, 409);
    public static readonly Switch DeleteMeans = Choice(
        "delete_means", "Whether a deleted user is gone or lives on outside the account (10.14).", "permanent", "disassociate");
    public static readonly Switch DeleteLock = Number(
        "delete_lock_ms", "How long a DELETE locks out another one of the same user; latency_ms at the least (1.4).", 0, 0, 600_000);
    public static readonly Switch DeactivateUserType = Choice("deactivate_userType", "userType after deactivation (10.15).", "Basic", "unchanged");
    public static readonly Switch PlanZero = Choice("plan_zero", "What the plan codes 0 and none do (10.28).", "ignored", "removes");
    public static readonly Switch TypeWithPlan = Choice("user_type_with_plan", "userType and a plan in one request (10.29).", "accepted", "rejected");
    public static readonly Switch UnknownManager = Choice("unknown_manager", "A manager who is no user of the account (10.34).", "ignored", "stored");
    public static readonly Switch DuplicateEmployeeNumber = Choice(
        "duplicate_employee_number", "An employee number somebody else has (10.35).", "stored", "ignored");

    // Groups.
    public static readonly Switch GroupRenameConflict = Number(
        "group_rename_conflict", "Status of a rename to the name of another group; the contract has no 409 there (12.15).", 400, 400, 409);
    public static readonly Switch UnknownMember = Choice("unknown_member", "A member id that is no user (6.2).", "ignored", "400", "404");
    public static readonly Switch InactiveMember = Choice("inactive_member", "An inactive user as a new member (10.40).", "accepted", "ignored");
    public static readonly Switch MembersPerPatch = Number("members_per_patch", "Most members one PATCH may name; 0 is no limit (10.39).", 0, 0, 10_000);
    public static readonly Switch MaximumGroups = Number("max_groups", "Most groups of the account; beyond, creating fails (6.4).", 5000, 0, 1_000_000);

    public static readonly Switch GroupMembersApi = Choice(
        "v2_group_members", "Whether the v2 API tells a group's members, to tokens with a scope for it (6.3).", "on", "off");

    // Rates and time.
    public static readonly Switch RatePlan = Choice(
        "rate_plan",
        "Whose rate limits apply; legacy is 1/s for each endpoint (1.4), and ample is 1,000/s, to measure what is below any limit.",
        "business",
        "pro",
        "free",
        "legacy",
        "ample",
        "none");
    public static readonly Switch DailyLimit = Number("daily_limit", "Requests a day for each label; 0 is the plan's own (1.4).", 0, 0, 1_000_000);
    public static readonly Switch RateHeaders = Choice("rate_headers", "Whether replies carry the X-RateLimit headers (1.5).", "on", "off");
    public static readonly Switch RetryAfter = Choice(
        "retry_after",
        "Retry-After of a 429: documented is a date, and only at the daily limit (1.5).",
        "documented",
        "none",
        "iso",
        "seconds",
        "http-date");
    public static readonly Switch RateEnvelope = Choice("rate_envelope", "How the body of a 429 is written (10.20).", "gateway", "scim");
    public static readonly Switch Latency = Number("latency_ms", "How long every reply is held back.", 0, 0, 600_000);

    public static IReadOnlyList<Switch> All => Registered;

    private static Switch Choice(string name, string meaning, params string[] choices) => Register(Switch.Choice(name, meaning, choices));

    private static Switch Number(string name, string meaning, int defaultValue, int minimum, int maximum) =>
        Register(Switch.Number(name, meaning, defaultValue, minimum, maximum));

    private static Switch Text(string name, string meaning, string defaultValue) => Register(Switch.Text(name, meaning, defaultValue));

    private static Switch Register(Switch added)
    {
        Registered.Add(added);
        return added;
    }
}
