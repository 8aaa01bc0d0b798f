using System;
using System.Globalization;
using System.Linq;
using System.Text;
using ZoomProvisioning.Simulator.Http;
using ZoomProvisioning.Simulator.Texts;

namespace ZoomProvisioning.Simulator.Endpoints;

/// <summary>
/// GET /v2/groups/{id}/members, the one way to see who is in a group (fact sheet 6.3). It is no part of SCIM: other scopes, other
/// pages, other error envelopes.
/// </summary>
internal static class GroupMembers
{
    private const int DefaultPageSize = 30;
    private const int LargestPage = 2000;

    public static SimulatedResponse List(RequestContext context)
    {
        var query = FormText.Parse(context.Request.Query);
        var size = query.TryGetValue("page_size", out var wanted) && int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Math.Min(LargestPage, Math.Max(1, number))
            : DefaultPageSize;
        if (ReadToken(query.TryGetValue("next_page_token", out var token) ? token : "") is not { } start)
        {
            return Replies.Gateway(400, 300, ZoomTexts.InvalidPageToken);
        }

        lock (context.Tenant.Gate)
        {
            if (context.Tenant.FindGroup(context.Id) is not { } group)
            {
                return Replies.Gateway(404, 4130, ZoomTexts.GroupUnknown(context.Id));
            }

            var members = group.MemberIds.Select(id => context.Tenant.FindUser(id)!).OrderBy(user => user.Sequence).ToArray();
            return Replies.Json(200, json =>
            {
                json.WriteStartObject();
                json.WriteNumber("page_size", size);
                json.WriteNumber("total_records", members.Length);
                json.WriteString("next_page_token", start + size < members.Length ? WriteToken(start + size) : "");
                json.WriteStartArray("members");
                foreach (var user in members.Skip(start).Take(size))
                {
                    json.WriteStartObject();
                    json.WriteString("id", user.Id);
                    json.WriteString("first_name", user.GivenName);
                    json.WriteString("last_name", user.FamilyName);
                    json.WriteString("email", user.UserName);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            });
        }
    }

    // Opaque, as Zoom's are, with characters that need escaping in a query.
    private static string WriteToken(int start) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes("~~?>" + start.ToString(CultureInfo.InvariantCulture)));

    private static int? ReadToken(string token)
    {
        if (token.Length == 0)
        {
            return 0;
        }

        try
        {
            var text = Encoding.ASCII.GetString(Convert.FromBase64String(token));
            var parts = text.Split('>');
            return parts is ["~~?", var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
