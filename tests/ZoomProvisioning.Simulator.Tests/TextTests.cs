using System;
using System.Linq;
using System.Reflection;
using Xunit;
using ZoomProvisioning.Simulator.Texts;

namespace ZoomProvisioning.Simulator.Tests;

/// <summary>Zoom's sentences, as the fact sheet has them, against the simulator's one table of texts.</summary>
public class TextTests
{
    // The sheet's sections 1.5, 2.2, 3.3, 3.7, 4, 5.3 and 6, with X for what Zoom fills in. v2's sentence about too many groups
    // is known only in part and missing here.
    private static readonly string[] TextsOfTheSheet =
    [
        // 1.5
        "You have reached the maximum per-second rate limit for this API. Try again later.",
        "You have reached the maximum daily rate limit for this API. Refer to the response header for details on when you can make another request.",
        "Too many concurrent requests. A request to disassociate this user has already been made.",

        // 2.2
        "The current filter is not supported, the filter name: X",
        "The current filter does not support the filter name: X",
        "User X not exist or not belong to this account.",

        // 3.3, 3.7
        "Your account can't set user type as On-prem.",
        "You can't change the \"type\" or \"plan_united_type\" or \"zoom_one_type\" at the same time.",
        "Your request could not be completed because the name contains an invalid word: X",
        "Only an account administrator can change email.",
        "Admin can not change other admins email.",

        // 4.1
        "Account has not enabled Single Sign-On.",
        "The request body must be in JSON format.",
        "The request JSON must not be empty.",
        "The \"userName\" of the request is invalid.",
        "The email \"X\" is already in use.",
        "The request was denied due to insufficient permissions: \"X\".",
        "The email domain does not match the associated domain of the account, please contact Zoom Customer Support to set up if necessary.",
        "Cannot add paid users.",
        "The Zoom United Plan is invalid.",
        "Cannot create more users with Zoom United Plan.",
        "Cannot create more users with Zoom Workplace Business Plus.",
        "Cannot create more users with Zoom Workplace Enterprise Premier.",
        "Cannot create more users with Zoom Workplace for Education School and Campus Plus.",
        "Cannot create more users with Zoom Workplace for Education Enterprise Premier.",
        "Cannot create more users with Zoom Workplace for Education Enterprise Student.",
        "Cannot create more users with Zoom Workplace Pro Plus.",
        "Domain name doesn't match. Please contact the Zoom Customer Support to set managed domains for your account.",

        // 4.2
        "User is inactive or locked.",
        "Cannot change the email of Admin user.",
        "Cannot update Zoom Room user to free",
        "Cannot assign Zoom Whiteboard and Zoom Whiteboard Plus to a user at the same time.",
        "User does not exist.",
        "Email ''X'' has already been used.",

        // 4.3 to 4.5; the number is the account's.
        "The request json did not contains valid active field.",
        "User is force inactive.",
        "Cannot activate or deactivate Zoom Room and Admin users.",
        "Your request to activate the user was not approved at this time because your account has reached the permitted maximum number of 7 basic users.",
        "Cannot delete Admin user.",

        // 4.6
        "Invalid access token.",
        "Access token is expired.",
        "Invalid access token, does not contain scopes:[X].",
        "Token cannot be empty.",
        "Invalid api key or secret.",
        "Validation Failed.",
        "Request Body should be a valid JSON object.",
        "This API endpoint is not recognized.",
        "The current login user does not have the \"User:Read\" permission.",

        // 5.3
        "Invalid client_id or client_secret",
        "invalid_client",
        "unsupported grant type",
        "unsupported_grant_type",
        "Bad Request",
        "invalid_request",
        "Invalid Token!",
        "invalid_grant",
        "The app has been disabled",

        // 6
        "The \"DisplayName\" of the request is invalid.",
        "Create group failed.",
        "Group X exists.",
        "Group does not exist.",
        "Cannot delete account default group.",
        "The \"Operations\" of the request is invalid.",
    ];

    [Fact]
    public void No_text_of_the_sheet_is_missing()
    {
        var constants = typeof(ZoomTexts).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);
        var sentences = typeof(ZoomTexts).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => (string)method.Invoke(
            null,
            [.. method.GetParameters().Select(parameter => parameter.ParameterType == typeof(int) ? (object)7 : "X")])!);
        Assert.Equal([], TextsOfTheSheet.Except(constants.Concat(sentences), StringComparer.Ordinal));
    }
}
