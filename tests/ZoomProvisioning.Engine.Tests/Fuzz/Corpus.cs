namespace ZoomProvisioning.Engine.Tests.Fuzz;

/// <summary>
/// What was ever found, and what it took: bodies and headers from which the generators start, so that no mistake comes back. Whatever a
/// longer run finds is added here.
/// </summary>
internal static class Corpus
{
    public static readonly string[] Bodies =
    [
        "", " ", "{}", "[]", "null", "\"text\"", "{\"", "{\"a\":", "{\"totalResults\":2147483647,\"Resources\":[]}",
        "{\"totalResults\":1,\"startIndex\":1,\"itemsPerPage\":1,\"Resources\":[{\"id\":\"id1\",\"userName\":\"a@example.com\",\"active\":true}]}",
        "{\"totalResults\":\"NaN\",\"Resources\":{\"id\":\"a\"}}", "{\"Resources\":[null,5,\"x\",{\"id\":true},{\"id\":\"..\"}]}",
        "{\"id\":\"id1\",\"userName\":\"a@example.com\",\"active\":\"maybe\",\"emails\":[{\"value\":5}],\"name\":[1],\"phoneNumbers\":{\"type\":1}}",
        "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:Error\"],\"detail\":\"User does not exist.\",\"status\":404}",
        "{\"detail\":{\"a\":1},\"message\":[\"x\"],\"code\":{\"y\":2},\"errors\":[{\"field\":\"\\ud800\"},5,null]}",
        "{\"code\":124,\"message\":\"Access token is expired.\"}", "{\"reason\":\"\\u001b]52;c;cm0=\\u0007\",\"error\":\"invalid_client\"}",
        "{\"access_token\":\"a-token-of-the-corpus\",\"expires_in\":\"Infinity\",\"scope\":[1]}", "{\"access_token\":\"b\\r\\nX: y\",\"expires_in\":-1}",
        "<html><body>Sign in\u202Egpj</body></html>", "\u001b[2J\0\b", "{\"a\":1e999999999,\"b\":-0,\"c\":12345678901234567890}", "{\"a\":\"\\ud83d\"}",
        "{\"members\":[{\"id\":\"u1\"}],\"next_page_token\":\"x\",\"total_records\":-1}", "{\"id\":\"id1\",\"id\":\"id2\"}",
    ];

    public static readonly string[] Numbers =
    [
        "NaN", "Infinity", "-Infinity", "-1", "0", "1", "0.0000001", "3", "80", "2147483648", "1e9", "0x10", "5, 7", "",
        "99999999999999999999999999", "2026-01-05T08:00:03Z", "9999-12-31T23:59:59Z", "Mon, 05 Jan 2026 08:00:02 GMT", "1-5", "12:00",
    ];

    public static readonly string[] Names =
    [
        "Retry-After", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "Date", "Age", "Content-Language", "Server",
    ];
}
