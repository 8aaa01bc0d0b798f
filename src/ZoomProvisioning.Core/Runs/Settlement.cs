using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Runs;

/// <summary>
/// Settles what an earlier run left open: a request was about to be sent, and nobody wrote down what became of it. Zoom is
/// looked at, and what is found goes into the journal.
/// </summary>
internal sealed class Settlement
{
    private readonly UserDirectory _directory;
    private readonly RunJournal _journal;

    public Settlement(ZoomScimConnection connection, RunJournal journal)
    {
        _directory = new UserDirectory(connection);
        _journal = journal;
    }

    /// <summary>
    /// Settles everything that is in doubt. Whoever cannot be looked at stays in doubt, and does not stop the others: the run
    /// reads the user again before it decides anything about it, and the next run tries to settle it again.
    /// </summary>
    /// <exception cref="ScimException">Zoom could not be asked at all; what is in doubt stays so.</exception>
    public async Task SettleAsync(ScimCall call)
    {
        foreach (var intent in _journal.With(fold => fold.InDoubt))
        {
            try
            {
                _journal.Write(await SettleAsync(intent, call).ConfigureAwait(false));
            }
            catch (ScimException exception) when (AccountReader.ConcernsOneUser(exception))
            {
                _journal.With(fold => fold.Distrust(intent));
            }
        }
    }

    private async Task<JournalEntry> SettleAsync(JournalEntry intent, ScimCall call) => intent.Request switch
    {
        WriteKind.Create => await SettleCreateAsync(intent, call).ConfigureAwait(false),
        // Repeating these does no harm, and the ledger knows that they are not certain.
        WriteKind.AddToGroup or WriteKind.RemoveFromGroup => Answer(intent, ChangeOutcome.Done, "not known; will be repeated"),
        WriteKind.CreateGroup => Answer(intent, ChangeOutcome.Unknown, "not known; the group will be looked for"),
        _ => await SettleChangeAsync(intent, call).ConfigureAwait(false),
    };

    private async Task<JournalEntry> SettleCreateAsync(JournalEntry intent, ScimCall call)
    {
        try
        {
            var found = await _directory.FindByNameAsync(intent.UserName!, call).ConfigureAwait(false);
            return found is null ? Answer(intent, ChangeOutcome.NotSent, "the user is not in Zoom")
                // Clocks differ; whoever was made longer than this before the request was not made by it.
                : found.Created < intent.At - YetToCome.Tolerance ? Answer(intent, ChangeOutcome.NotSent, "the user was in Zoom before")
                : Answer(intent, ChangeOutcome.Done, "the user is in Zoom", found);
        }
        catch (ScimUserStateException exception)
        {
            return Answer(intent, ChangeOutcome.Failed, exception.Message);
        }
    }

    private async Task<JournalEntry> SettleChangeAsync(JournalEntry intent, ScimCall call)
    {
        var found = await _directory.FindByIdAsync(intent.ZoomId!, call).ConfigureAwait(false);
        if (found is null)
        {
            return intent.Request == WriteKind.Delete
                ? Answer(intent, ChangeOutcome.Done, "the user is gone from Zoom")
                : Answer(intent, ChangeOutcome.Failed, "the user is gone from Zoom");
        }

        var done = intent.Request switch
        {
            WriteKind.Activate => found.Active == true,
            WriteKind.Deactivate => found.Active == false,
            WriteKind.Update when intent.Body is { } body => HasAll(found, new ScimUser(body, UserDetail.None)),
            _ => false,
        };
        return Answer(intent, done ? ChangeOutcome.Done : ChangeOutcome.NotSent, done ? "Zoom shows what was sent" : "Zoom does not show what was sent", found);
    }

    private static bool HasAll(ScimUser found, ScimUser sent) =>
        SeenUser.AttributesIn(sent).Where(a => a.IsToldBy(found)).All(a => a.AreEqual(a.Get(found), a.Get(sent)));

    private JournalEntry Answer(JournalEntry intent, ChangeOutcome outcome, string message, ScimUser? found = null) => _journal.Entry(JournalKind.Settled) with
    {
        Answers = intent.Number,
        Request = intent.Request,
        UserName = found?.UserName ?? intent.UserName,
        ZoomId = found?.Id ?? intent.ZoomId,
        Anchor = intent.Anchor,
        Action = intent.Action,
        GroupId = intent.GroupId,
        GroupName = intent.GroupName,
        Outcome = outcome,
        Message = message,
        After = found?.Attributes,
    };
}
