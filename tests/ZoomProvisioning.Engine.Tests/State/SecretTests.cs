using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.Tests.State;

/// <summary>A session is written down as it goes, and the folder is searched for everything that must not be in it.</summary>
public sealed class SecretTests : IDisposable
{
    private static readonly string Basic = Convert.ToBase64String(Encoding.UTF8.GetBytes("client1:" + Fixture.Secret));
    private static readonly string[] Secrets = [Fixture.Secret, ScriptedTransport.Token, Basic, Basic.TrimEnd('=')];

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task No_secret_of_a_session_gets_into_any_file_of_the_folder()
    {
        using var f = new Fixture { MaxAttempts = 1 };

        // The far end repeats the headers it got, in errors and in replies, as some proxies do.
        f.Transport.Answer((seen, n) => (n % 4) switch
        {
            0 => Reply.Error(400, "You sent " + seen.Headers["Authorization"]),
            1 => Reply.Json(500, "<html>" + seen.Headers["Authorization"], "text/html").With("x-zm-trackingid", "2"),
            2 => throw new HttpRequestException("could not send " + seen.Headers["Authorization"]),
            _ => Reply.User(),
        });
        using (var state = _folder.Open())
        {
            var fold = new LedgerFold(state.Ledger!);
            for (var i = 0; i < 8; i++)
            {
                var body = Fixture.NewUser($"jill{i}@example.com");
                var intent = state.Append(new JournalEntry(JournalKind.Intent) { Request = WriteKind.Update, ZoomId = "id1", Body = body });
                fold.Apply(intent);
                fold.Apply(state.Append(await SendAsync(f, intent, body)));
            }

            state.SaveLedger(fold.Ledger);
        }

        var files = Directory.GetFiles(_folder.Path).ToDictionary(p => p, File.ReadAllText);
        Assert.Contains(files.Values, text => text.Contains("\"errorId\""));
        Assert.Contains(files.Values, text => text.Contains("\"outcome\":\"Done\""));
        Assert.All(files, file => Assert.All(Secrets, secret => Assert.DoesNotContain(secret, file.Value)));
    }

    private static async Task<JournalEntry> SendAsync(Fixture f, JournalEntry intent, ScimObject body)
    {
        try
        {
            var user = await f.Run(() => f.Users.UpdateAsync("id1", body, f.Call));
            return new JournalEntry(JournalKind.Outcome) { Answers = intent.Number, Outcome = ChangeOutcome.Done, After = user.Attributes };
        }
        catch (ScimException exception)
        {
            return new JournalEntry(JournalKind.Outcome)
            {
                Answers = intent.Number,
                Outcome = ChangeOutcome.Failed,
                ErrorId = exception.ErrorId,
                Message = $"{exception.Message} {exception.ZoomMessage}",
                TrackingId = exception.TrackingId,
            };
        }
    }
}
