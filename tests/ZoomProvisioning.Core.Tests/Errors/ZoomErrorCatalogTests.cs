using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace ZoomProvisioning.Tests.Errors;

public class ZoomErrorCatalogTests
{
    private const string Domain = "The email domain does not match the associated domain of the account, please contact Zoom Customer Support to "
        + "set up if necessary.";

    /// <summary>Zoom's texts, written out as the fact sheet has them (1.5, 2.2, 3.3, 4.1 to 4.6, 5.3, 6): status, text, type, id, category.</summary>
    public static TheoryData<int, string, Type, string, string> ScimTexts => new()
    {
        // 4.1 create
        { 400, "Account has not enabled Single Sign-On.", typeof(ScimBadRequestException), "Zoom.Account.SsoNotEnabled", "InvalidOperation" },
        { 400, "The request body must be in JSON format.", typeof(ScimBadRequestException), "Zoom.Request.NotJson", "InvalidData" },
        { 400, "The request JSON must not be empty.", typeof(ScimBadRequestException), "Zoom.Request.NotJson", "InvalidData" },
        { 400, "The \"userName\" of the request is invalid.", typeof(ScimBadRequestException), "Zoom.User.InvalidUserName", "InvalidArgument" },
        { 400, "The email \"jill.chill@example.com\" is already in use.", typeof(ScimConflictException), "Zoom.User.AlreadyExists", "ResourceExists" },
        { 403, "The request was denied due to insufficient permissions: \"User:Edit\".", typeof(ScimPermissionException),
            "Zoom.Permission.RoleMissing", "PermissionDenied" },
        { 409, Domain, typeof(ScimBadRequestException), "Zoom.User.DomainNotAssociated", "InvalidArgument" },
        { 409, "Domain name doesn't match. Please contact the Zoom Customer Support to set managed domains for your account.",
            typeof(ScimBadRequestException), "Zoom.User.DomainNotAssociated", "InvalidArgument" },
        { 409, "Cannot add paid users.", typeof(ScimSeatsException), "Zoom.Seats.NoPaidLicence", "QuotaExceeded" },
        { 409, "The Zoom United Plan is invalid.", typeof(ScimSeatsException), "Zoom.Seats.InvalidPlan", "InvalidArgument" },
        { 409, "Cannot create more users with Zoom United Plan.", typeof(ScimSeatsException), "Zoom.Seats.PlanExhausted", "QuotaExceeded" },
        { 409, "Cannot create more users with Zoom Workplace Business Plus.", typeof(ScimSeatsException), "Zoom.Seats.PlanExhausted", "QuotaExceeded" },
        { 409, "Cannot create more users with Zoom Workplace Enterprise Premier.", typeof(ScimSeatsException), "Zoom.Seats.PlanExhausted", "QuotaExceeded" },
        { 409, "Cannot create more users with Zoom Workplace for Education School and Campus Plus.", typeof(ScimSeatsException),
            "Zoom.Seats.PlanExhausted", "QuotaExceeded" },
        { 409, "Cannot create more users with Zoom Workplace for Education Enterprise Premier.", typeof(ScimSeatsException),
            "Zoom.Seats.PlanExhausted", "QuotaExceeded" },
        { 409, "Cannot create more users with Zoom Workplace for Education Enterprise Student.", typeof(ScimSeatsException),
            "Zoom.Seats.PlanExhausted", "QuotaExceeded" },
        { 409, "Cannot create more users with Zoom Workplace Pro Plus.", typeof(ScimSeatsException), "Zoom.Seats.PlanExhausted", "QuotaExceeded" },
        // Zoom adds plans without notice; the sheet says to classify by 'Cannot create more users'.
        { 409, "Cannot create more users with Zoom Workplace for Frontline.", typeof(ScimSeatsException), "Zoom.Seats.PlanExhausted", "QuotaExceeded" },

        // 4.2 update
        { 400, "User is inactive or locked.", typeof(ScimUserStateException), "Zoom.User.Inactive", "InvalidOperation" },
        { 400, "Cannot change the email of Admin user.", typeof(ScimUserStateException), "Zoom.User.EmailChangeRefused", "PermissionDenied" },
        { 400, "Cannot update Zoom Room user to free", typeof(ScimUserStateException), "Zoom.User.RoomProtected", "PermissionDenied" },
        { 400, "Cannot assign Zoom Whiteboard and Zoom Whiteboard Plus to a user at the same time.", typeof(ScimBadRequestException),
            "Zoom.User.WhiteboardConflict", "InvalidArgument" },
        { 404, "User does not exist.", typeof(ScimNotFoundException), "Zoom.User.NotFound", "ObjectNotFound" },
        { 409, "Email ''jill.chill@example.com'' has already been used.", typeof(ScimConflictException), "Zoom.User.AlreadyExists", "ResourceExists" },

        // 4.3 activate and deactivate, 4.4, 4.5 delete
        { 400, "The request json did not contains valid active field.", typeof(ScimBadRequestException), "Zoom.Request.InvalidPatch", "InvalidData" },
        { 400, "User is force inactive.", typeof(ScimUserStateException), "Zoom.User.ForceInactive", "InvalidOperation" },
        { 400, "Cannot activate or deactivate Zoom Room and Admin users.", typeof(ScimUserStateException),
            "Zoom.User.AdminOrRoomProtected", "PermissionDenied" },
        { 400, "Cannot delete Admin user.", typeof(ScimUserStateException), "Zoom.User.AdminProtected", "PermissionDenied" },
        { 400,
            "Your request to activate the user was not approved at this time because your account has reached the permitted maximum number of basic users.",
            typeof(ScimSeatsException), "Zoom.Seats.BasicLimit", "QuotaExceeded" },

        // 2.2 lists and filters, 4.6 envelopes
        { 400, "User jill.chill@example.com not exist or not belong to this account.", typeof(ScimUserStateException),
            "Zoom.User.PendingOrForeign", "ResourceUnavailable" },
        { 404, "User jill.chill@example.com not exist or not belong to this account.", typeof(ScimUserStateException),
            "Zoom.User.PendingOrForeign", "ResourceUnavailable" },
        { 400, "The current filter is not supported, the filter name: department", typeof(ScimBadRequestException),
            "Zoom.Request.InvalidFilter", "InvalidArgument" },
        { 400, "The current filter does not support the filter name: externalId", typeof(ScimBadRequestException),
            "Zoom.Request.InvalidFilter", "InvalidArgument" },
        { 403, "The current login user does not have the \"User:Read\" permission.", typeof(ScimPermissionException),
            "Zoom.Permission.RoleMissing", "PermissionDenied" },
        { 403, "The request was denied due to insufficient permissions: \"Group:Read\".", typeof(ScimPermissionException),
            "Zoom.Permission.RoleMissing", "PermissionDenied" },
        { 401, "Invalid access token.", typeof(ScimAuthenticationException), "Zoom.Token.Invalid", "AuthenticationError" },
        { 401, "Access token is expired.", typeof(ScimAuthenticationException), "Zoom.Token.Expired", "AuthenticationError" },
        { 400, "Invalid access token, does not contain scopes:[scim2:admin].", typeof(ScimPermissionException),
            "Zoom.Permission.ScopeMissing", "PermissionDenied" },
        { 401, "Invalid access token, does not contain scopes:[scim2:admin].", typeof(ScimPermissionException),
            "Zoom.Permission.ScopeMissing", "PermissionDenied" },
        { 400, "Invalid access token, does not contain scopes:[scim2:admin, user:read:list_users:admin].", typeof(ScimPermissionException),
            "Zoom.Permission.ScopeMissing", "PermissionDenied" },
        { 400, "Invalid access token, does not contain scopes:[scim2].", typeof(ScimPermissionException), "Zoom.Permission.ScopeMissing", "PermissionDenied" },
        { 400, "Invalid access token, does not contain scopes.", typeof(ScimPermissionException), "Zoom.Permission.ScopeMissing", "PermissionDenied" },
        { 400, "Token cannot be empty.", typeof(ScimAuthenticationException), "Zoom.Token.Empty", "AuthenticationError" },
        { 400, "Invalid api key or secret.", typeof(ScimAuthenticationException), "Zoom.Token.InvalidClient", "AuthenticationError" },
        { 400, "Validation Failed.", typeof(ScimBadRequestException), "Zoom.Request.ValidationFailed", "InvalidArgument" },
        { 400, "Request Body should be a valid JSON object.", typeof(ScimBadRequestException), "Zoom.Request.NotJson", "InvalidData" },
        { 400, "Your request could not be completed because the name contains an invalid word: admin", typeof(ScimBadRequestException),
            "Zoom.Request.ValidationFailed", "InvalidArgument" },
        { 404, "This API endpoint is not recognized.", typeof(ScimNotFoundException), "Zoom.Endpoint.NotFound", "ResourceUnavailable" },

        // 3.3, 3.7: rules of the v2 API that may surface
        { 400, "Only an account administrator can change email.", typeof(ScimUserStateException), "Zoom.User.EmailChangeRefused", "PermissionDenied" },
        { 400, "Admin can not change other admins email.", typeof(ScimUserStateException), "Zoom.User.EmailChangeRefused", "PermissionDenied" },
        { 400, "Your account can't set user type as On-prem.", typeof(ScimBadRequestException), "Zoom.User.OnPremNotEnabled", "InvalidArgument" },
        { 400, "You can't change the \"type\" or \"plan_united_type\" or \"zoom_one_type\" at the same time.",
            typeof(ScimBadRequestException), "Zoom.User.TypeAndPlanTogether", "InvalidArgument" },

        // 1.5 rate limits
        { 429, "You have reached the maximum per-second rate limit for this API. Try again later.", typeof(ScimRateLimitException),
            "Zoom.Rate.PerSecond", "LimitsExceeded" },
        { 429,
            "You have reached the maximum daily rate limit for this API. Refer to the response header for details on when you can make another request.",
            typeof(ScimRateLimitException), "Zoom.Rate.Daily", "LimitsExceeded" },
        { 429, "Too many concurrent requests. A request to disassociate this user has already been made.", typeof(ScimRateLimitException),
            "Zoom.Rate.Concurrent", "LimitsExceeded" },

        // 6 groups
        { 400, "The \"DisplayName\" of the request is invalid.", typeof(ScimBadRequestException), "Zoom.Group.Invalid", "InvalidArgument" },
        { 400, "Create group failed.", typeof(ScimBadRequestException), "Zoom.Group.Invalid", "InvalidArgument" },
        { 409, "Group Developers exists.", typeof(ScimConflictException), "Zoom.Group.AlreadyExists", "ResourceExists" },
        { 404, "Group does not exist.", typeof(ScimNotFoundException), "Zoom.Group.NotFound", "ObjectNotFound" },
        { 404, "A group with this N18cLm0WkLGphE3_ does not exist.", typeof(ScimNotFoundException), "Zoom.Group.NotFound", "ObjectNotFound" },
        { 400, "Cannot delete account default group.", typeof(ScimBadRequestException), "Zoom.Group.DefaultProtected", "PermissionDenied" },
        { 400, "The \"Operations\" of the request is invalid.", typeof(ScimBadRequestException), "Zoom.Request.InvalidPatch", "InvalidData" },
    };

    /// <summary>What the token endpoint says (5.3): status, reason, error, id.</summary>
    public static TheoryData<int, string, string, string> TokenTexts => new()
    {
        { 400, "Invalid client_id or client_secret", "invalid_client", "Zoom.Token.InvalidClient" },
        { 401, "Invalid client_id or client_secret", "invalid_client", "Zoom.Token.InvalidClient" },
        { 400, "unsupported grant type", "unsupported_grant_type", "Zoom.Token.UnsupportedGrant" },
        { 400, "Bad Request", "invalid_request", "Zoom.Token.InvalidAccount" },
        { 400, "Invalid Token!", "invalid_request", "Zoom.Token.Refused" },
        { 401, "Invalid Token!", "invalid_grant", "Zoom.Token.Refused" },
        { 400, "The app has been disabled", "4717", "Zoom.Token.AppDisabled" },
        { 400, "This app was switched off by somebody.", "4738", "Zoom.Token.DisabledByAdmin" },
        { 400, "Token owner no longer exists", "4735", "Zoom.Token.OwnerGone" },
        { 400, "Something about the client", "4702", "Zoom.Token.InvalidClient" },
        { 401, "Something about the secret", "4704", "Zoom.Token.InvalidClient" },
        { 400, "Something about both", "4706", "Zoom.Token.InvalidClient" },
        { 400, "New words", "invalid_client", "Zoom.Token.InvalidClient" },
        { 400, "Something about the grant", "4705", "Zoom.Token.UnsupportedGrant" },
        { 400, "Something about a revocation", "4741", "Zoom.Token.Revoked" },
        { 400, "Something generic", "4700", "Zoom.Token.Refused" },
    };

    private static ScimException Judge(int status, string text, string resource = "Users", bool json = true) =>
        ZoomErrorCatalog.ToException(new ZoomErrorReply { Status = status, Text = text, Resource = resource, IsJson = json });

    [Theory]
    [MemberData(nameof(ScimTexts))]
    public void Each_of_Zooms_texts_has_its_meaning(int status, string text, Type type, string errorId, string category)
    {
        var exception = Judge(status, text, errorId.StartsWith("Zoom.Group.", StringComparison.Ordinal) ? "Groups" : "Users");

        Assert.Equal(errorId, exception.ErrorId);
        Assert.Equal(category, exception.Category);
        Assert.Equal(type, exception.GetType());
        Assert.NotEmpty(exception.RecommendedAction);
        Assert.Equal(status, exception.Status);
        Assert.Equal(text, exception.ZoomMessage);
        Assert.Contains(text, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ScimTexts))]
    public void Case_blanks_and_the_final_full_stop_do_not_count(int status, string text, Type type, string errorId, string category)
    {
        _ = (type, category);
        var varied = $" {(text[text.Length - 1] == '.' ? text.TrimEnd('.') : text + ".")} ";

        Assert.Equal(errorId, Judge(status, varied).ErrorId);
        Assert.Equal(errorId, Judge(status, text.ToUpperInvariant()).ErrorId);
    }

    [Theory]
    [MemberData(nameof(TokenTexts))]
    public void Each_answer_of_the_token_endpoint_has_its_meaning(int status, string text, string code, string errorId)
    {
        var exception = ZoomErrorCatalog.ToException(new ZoomErrorReply { Status = status, Text = text, Code = code, FromTokenEndpoint = true });

        Assert.Equal(errorId, exception.ErrorId);
        Assert.IsType<ScimAuthenticationException>(exception);
        Assert.Equal("AuthenticationError", exception.Category);
        Assert.NotEmpty(exception.RecommendedAction);
        Assert.Equal(code, exception.ZoomCode);
        Assert.Contains(text, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_Request_means_a_wrong_account_id_only_where_tokens_are_made() =>
        Assert.Equal("Zoom.Request.Refused", Judge(400, "Bad Request").ErrorId);

    [Fact]
    public void A_missing_scope_is_not_taken_for_an_invalid_token_nor_the_other_way_round()
    {
        Assert.Equal("Zoom.Permission.ScopeMissing", Judge(401, "Invalid access token, does not contain scopes:[scim2:admin].").ErrorId);
        Assert.Equal("Zoom.Permission.ScopeMissing", Judge(400, "Sorry: the token does not contain scopes for this.").ErrorId);
        Assert.Equal("Zoom.Token.Invalid", Judge(401, "Invalid access token.").ErrorId);
        Assert.Equal("Zoom.Token.Invalid", Judge(400, "Invalid access token.").ErrorId);
    }

    [Theory]
    [InlineData(400, true, "Users", "Zoom.Request.Refused")]
    [InlineData(401, true, "Users", "Zoom.Token.Invalid")]
    [InlineData(403, true, "Users", "Zoom.Permission.RoleMissing")]
    [InlineData(404, true, "Users", "Zoom.User.NotFound")]
    [InlineData(404, true, "Groups", "Zoom.Group.NotFound")]
    [InlineData(404, true, "GroupMembers", "Zoom.Group.NotFound")]
    [InlineData(404, false, "Groups", "Zoom.Endpoint.NotFound")]
    [InlineData(404, false, "Users", "Zoom.Endpoint.NotFound")]
    [InlineData(409, true, "Users", "Zoom.Request.Conflict")]
    [InlineData(429, true, "Users", "Zoom.Rate.PerSecond")]
    [InlineData(500, true, "Users", "Zoom.Server.Failed")]
    [InlineData(502, false, "Users", "Zoom.Server.Failed")]
    [InlineData(503, false, "Users", "Zoom.Server.Failed")]
    [InlineData(504, false, "Users", "Zoom.Server.Failed")]
    [InlineData(418, true, "Users", "Zoom.Request.Refused")]
    [InlineData(407, false, "Users", "Zoom.Connection.ProxySignIn")]
    [InlineData(400, false, "Users", "Zoom.Server.Unreadable")]
    [InlineData(403, false, "Users", "Zoom.Server.Unreadable")]
    [InlineData(302, false, "Users", "Zoom.Server.Unreadable")]
    public void Unknown_words_are_judged_by_the_status_and_passed_on_whole(int status, bool json, string resource, string errorId)
    {
        const string Words = "Something Zoom never said before: \"{x}\" (äöü), twice.\nAnd more.";

        var exception = Judge(status, Words, resource, json);

        Assert.Equal(errorId, exception.ErrorId);
        // Whole, and yet one line: Zoom's words must not begin a line that looks like one of ours.
        var shown = Words.Replace("\n", "[U+000A]");
        Assert.Contains(shown, exception.Message, StringComparison.Ordinal);
        Assert.Equal(shown, exception.ZoomMessage);
        Assert.Equal(status, exception.Status);
        Assert.NotEmpty(exception.RecommendedAction);
        Assert.NotEqual("NotSpecified", exception.Category);
    }

    [Fact]
    public void An_HTML_page_of_the_edge_is_a_server_error_that_shows_the_page()
    {
        var exception = Judge(503, "<html><head><title>503 Service Temporarily Unavailable</title></head>", json: false);

        Assert.IsType<ScimServerException>(exception);
        Assert.Contains("<title>503 Service Temporarily Unavailable</title>", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_HTML_refusal_does_not_accuse_the_admins_role()
    {
        var exception = Judge(403, "<html>Blocked by the company proxy</html>", json: false);

        Assert.IsType<ScimServerException>(exception);
        Assert.Contains("-Proxy", exception.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void The_token_endpoints_own_trouble_is_not_taken_for_wrong_credentials()
    {
        Assert.IsType<ScimServerException>(
            ZoomErrorCatalog.ToException(new ZoomErrorReply { Status = 502, Text = "<html>", IsJson = false, FromTokenEndpoint = true }));
        Assert.IsType<ScimRateLimitException>(ZoomErrorCatalog.ToException(new ZoomErrorReply { Status = 429, Text = "slow down", FromTokenEndpoint = true }));
    }

    [Fact]
    public void An_empty_answer_and_the_tracking_id_and_the_wait_are_told()
    {
        var exception = ZoomErrorCatalog.ToException(new ZoomErrorReply
        {
            Status = 429,
            TrackingId = "v=2.0;clid=us02;rid=WEB_0123",
            RetryAfter = TimeSpan.FromHours(5),
            Code = "429",
        });

        Assert.Contains("nothing", exception.Message, StringComparison.Ordinal);
        Assert.Contains("v=2.0;clid=us02;rid=WEB_0123", exception.Message, StringComparison.Ordinal);
        Assert.Contains("300 minutes", exception.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromHours(5), exception.RetryAfter);
        Assert.Equal("429", exception.ZoomCode);
        Assert.Equal("v=2.0;clid=us02;rid=WEB_0123", exception.TrackingId);
    }

    [Fact]
    public void Every_rule_is_reached_by_a_text_of_these_tables()
    {
        var reached = new HashSet<string>(ScimTexts.Select(Id).Concat(TokenTexts.Select(row => (string)row[3])), StringComparer.Ordinal);

        Assert.All(ZoomErrorCatalog.Rules, rule => Assert.Contains(rule.ErrorId, reached));

        static string Id(object[] row) => (string)row[3];
    }

    [Fact]
    public void A_scope_that_does_not_match_is_a_matter_of_permission() => Assert.IsType<ScimPermissionException>(
        ZoomErrorCatalog.ToException(new ZoomErrorReply { Status = 400, Text = "Whatever", Code = "4711", FromTokenEndpoint = true }));

    /// <summary>What happened, to whom, Zoom's words, what to do: of every rule, and of every status without known words.</summary>
    [Fact]
    public void Every_error_reads_as_an_error_should()
    {
        string[] categories =
        [
            "OpenError", "CloseError", "DeviceError", "DeadlockDetected", "InvalidArgument", "InvalidData", "InvalidOperation", "InvalidResult", "InvalidType",
            "MetadataError", "NotImplemented", "NotInstalled", "ObjectNotFound", "OperationStopped", "OperationTimeout", "SyntaxError", "ParserError",
            "PermissionDenied", "ResourceBusy", "ResourceExists", "ResourceUnavailable", "ReadError", "WriteError", "FromStdErr", "SecurityError",
            "ProtocolError", "ConnectionError", "AuthenticationError", "LimitsExceeded", "QuotaExceeded", "NotEnabled",
        ];
        foreach (var rule in ZoomErrorCatalog.Rules)
        {
            Assert.Matches(@"^Zoom\.[A-Z][A-Za-z]+\.[A-Z][A-Za-z]+$", rule.ErrorId);
            Assert.Contains(rule.Category, categories);
            Assert.Matches(@"^[A-Z].{15,}\.$", rule.Meaning);
            Assert.Matches(@"^[A-Z].{10,}\.$", rule.Advice);
        }

        Assert.Equal(ZoomErrorCatalog.Rules.Select(r => r.ErrorId).Distinct(), ZoomErrorCatalog.Rules.Select(r => r.ErrorId));
        foreach (var fromTokenEndpoint in new[] { false, true })
        {
            for (var status = 300; status < 600; status++)
            {
                var error = ZoomErrorCatalog.ToException(new ZoomErrorReply
                {
                    Status = status,
                    Text = "Words nobody knows",
                    FromTokenEndpoint = fromTokenEndpoint,
                    TrackingId = "v=2.0;rid=1",
                });
                Assert.Contains(error.Category, categories);
                Assert.Matches(@"^[A-Z].{10,}\.$", error.RecommendedAction);
                Assert.Matches($@"^[A-Z].+\. Zoom says ""Words nobody knows"" \(HTTP {status}, tracking id v=2\.0;rid=1\)\.$", error.Message);
                Assert.Equal(("Words nobody knows", "v=2.0;rid=1", (int?)status), (error.ZoomMessage, error.TrackingId, error.Status));
            }
        }
    }

    [Fact]
    public void No_text_belongs_to_two_rules()
    {
        foreach (var row in ScimTexts)
        {
            Assert.True(ZoomErrorCatalog.Rules.Count(r => r.Matches((string)row[1])) < 2, (string)row[1]);
        }
    }
}
