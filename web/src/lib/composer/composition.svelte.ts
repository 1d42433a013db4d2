/** What is being written: all that a post will say, where it came from, and whether it can be sent. */
import { errorText } from '#lib/api/errors.ts';
import type { MediaAttachment, Status, Visibility } from '#lib/api/types.ts';
import { chosenLanguage } from '#lib/i18n/index.ts';
import type { Session } from '#lib/session/session.svelte.ts';
import { quotedStatus } from '#lib/statuses/statuses.svelte.ts';
import { count, mentioned } from './counting';
import type { ComposeRequest } from './open.svelte';
import {
	canBeQuoted,
	canLimitReplies,
	repliesOf,
	repliesPolicy,
	type InteractionPolicy,
	type Quotes,
	type Replies
} from './policies';
import { Upload } from './upload.svelte';

export interface PollDraft {
	options: string[];
	/** Seconds. */
	expiresIn: number;
	multiple: boolean;
}

/** What publishing takes (https://docs.joinmastodon.org/methods/statuses/#create), in camelCase. */
export interface StatusParams {
	status: string;
	spoilerText: string;
	visibility?: Visibility;
	language: string;
	sensitive: boolean;
	mediaIds: string[];
	poll?: PollDraft | null;
	inReplyToId?: string | null;
	quotedStatusId?: string | null;
	scheduledAt?: string | null;
	localOnly?: boolean;
	contentType?: string;
	quoteApprovalPolicy?: Quotes;
	interactionPolicy?: InteractionPolicy | null;
}

/** The version of Mastodon's API since which servers know who may quote (https://docs.joinmastodon.org/methods/statuses/#create). */
const QUOTES_SINCE = 7;
const DAY = 24 * 3600;
const WIDTH: Visibility[] = ['public', 'unlisted', 'private', 'direct'];

export class Composition {
	text = $state('');
	warning = $state('');
	hasWarning = $state(false);
	visibility = $state<Visibility>('public');
	language = $state<string>(chosenLanguage());
	sensitive = $state(false);
	uploads = $state.raw<Upload[]>([]);
	poll = $state<PollDraft | null>(null);
	/** Local time, as <input type="datetime-local"> has it. */
	scheduledAt = $state('');
	localOnly = $state(false);
	markdown = $state(false);
	replies = $state<Replies>('everyone');
	quotes = $state<Quotes>('public');
	replyTo = $state.raw<Status | null>(null);
	quote = $state.raw<Status | null>(null);
	editing = $state.raw<Status | null>(null);
	/** What it starts from (a draft, the source of what is edited) is still on its way: nothing is written over it. */
	arriving = $state(false);
	/** Why that did not arrive. */
	failure = $state('');
	#fetch: () => Promise<void> = async () => {};

	constructor(
		readonly session: Session,
		readonly request: ComposeRequest
	) {
		const source = session.account?.source as
			| {
					privacy?: Visibility;
					sensitive?: boolean;
					language?: string | null;
					quotePolicy?: Quotes;
			  }
			| undefined;
		this.visibility = request.visibility ?? source?.privacy ?? 'public';
		this.sensitive = source?.sensitive ?? false;
		this.language = source?.language || this.language;
		this.quotes = source?.quotePolicy ?? this.quotes;
		this.quote = request.quote ?? null;
		this.text = request.text ?? '';
		if (request.replyTo) this.#answer(request.replyTo);
		if (request.edit) this.#edit(request.edit);
		if (request.redraft) this.#redraft(request.redraft);
	}

	get limits() {
		const configuration = this.session.instance?.configuration;
		return {
			characters: configuration?.statuses.maxCharacters ?? 500,
			perUrl: configuration?.statuses.charactersReservedPerUrl ?? 23,
			media: configuration?.statuses.maxMediaAttachments ?? 4,
			options: configuration?.polls.maxOptions ?? 4,
			optionCharacters: configuration?.polls.maxCharactersPerOption ?? 50
		};
	}

	left = $derived(
		this.limits.characters - count(this.text, this.limits.perUrl) - count(this.spoiler, 0)
	);

	get spoiler(): string {
		return this.hasWarning ? this.warning : '';
	}

	get isEmpty(): boolean {
		return !this.text.trim() && !this.uploads.length && !this.poll && !this.spoiler;
	}

	get contentType(): string {
		return this.markdown ? 'text/markdown' : 'text/plain';
	}

	/** Whether the server lets authors say who may quote. */
	get quotesAreLimited(): boolean {
		const versions = this.session.instance?.apiVersions as { mastodon?: number } | undefined;
		return (versions?.mastodon ?? 0) >= QUOTES_SINCE;
	}

	/** Whether it says something that the server can take. */
	get isReady(): boolean {
		if (this.arriving || this.failure || this.left < 0) return false;
		if (this.uploads.some((each) => each.error || !each.id || each.processing)) return false;
		if (this.poll && this.poll.options.filter((each) => each.trim()).length < 2) return false;
		return !!(this.text.trim() || this.uploads.length || this.poll || this.quote);
	}

	/** Those who will read a message: whom it names, and whom it answers. */
	get readers(): string[] {
		return mentioned(this.text);
	}

	/** Whom this message names without their being part of the conversation that it continues. */
	get strangers(): string[] {
		if (this.visibility !== 'direct' || !this.replyTo) return [];
		const here = new Set(participants(this.session, this.replyTo));
		return this.readers.filter((each) => !here.has(each));
	}

	/** Audiences that are no wider than that of what this answers. */
	get audiences(): Visibility[] {
		const parent = this.replyTo?.visibility;
		return parent ? WIDTH.slice(WIDTH.indexOf(parent)) : WIDTH;
	}

	/** Begin with what `fetch` brings; until then nothing can be written. */
	async startFrom(fetch: () => Promise<void>): Promise<void> {
		this.#fetch = fetch;
		this.arriving = true;
		this.failure = '';
		try {
			await fetch();
		} catch (error) {
			this.failure = errorText(error);
		} finally {
			this.arriving = false;
		}
	}

	/** Fetch again what did not arrive. */
	retry = (): Promise<void> => this.startFrom(this.#fetch);

	add(files: Iterable<File>): void {
		const room = this.limits.media - this.uploads.length;
		const fresh = [...files].slice(0, room).map((file) => new Upload(this.session, file));
		this.uploads = [...this.uploads, ...fresh];
	}

	removeUpload(upload: Upload): void {
		upload.cancel();
		this.uploads = this.uploads.filter((each) => each !== upload);
	}

	startPoll(): void {
		this.poll = this.poll ? null : { options: ['', ''], expiresIn: DAY, multiple: false };
	}

	params(): StatusParams {
		return {
			status: this.text,
			spoilerText: this.spoiler,
			visibility: this.visibility,
			language: this.language,
			sensitive: this.sensitive || (this.hasWarning && this.uploads.length > 0),
			mediaIds: this.uploads.map((each) => each.id!).filter(Boolean),
			...(this.poll
				? { poll: { ...this.poll, options: this.poll.options.filter((each) => each.trim()) } }
				: {}),
			...(this.replyTo ? { inReplyToId: this.replyTo.id } : {}),
			...(this.quote ? { quotedStatusId: this.quote.id } : {}),
			...(this.scheduledAt ? { scheduledAt: new Date(this.scheduledAt).toISOString() } : {}),
			...(this.localOnly ? { localOnly: true } : {}),
			...this.#policies(),
			...(this.markdown ? { contentType: this.contentType } : {})
		};
	}

	#policies(): Pick<StatusParams, 'quoteApprovalPolicy' | 'interactionPolicy'> {
		const quotes = this.quotesAreLimited && canBeQuoted(this.visibility);
		const replies =
			!this.editing && canLimitReplies(this.visibility) ? repliesPolicy(this.replies) : undefined;
		return {
			...(quotes ? { quoteApprovalPolicy: this.quotes } : {}),
			...(replies ? { interactionPolicy: replies } : {})
		};
	}

	/** Go on with what a draft says. */
	restore(params: Partial<StatusParams>, media: readonly MediaAttachment[]): void {
		this.text = params.status ?? '';
		this.warning = params.spoilerText ?? '';
		this.hasWarning = !!this.warning;
		this.visibility = params.visibility ?? this.visibility;
		this.language = params.language ?? this.language;
		this.sensitive = params.sensitive ?? false;
		this.poll = params.poll
			? {
					...params.poll,
					options: [...params.poll.options],
					expiresIn: params.poll.expiresIn ?? DAY
				}
			: null;
		this.localOnly = params.localOnly ?? false;
		this.replies = repliesOf(params.interactionPolicy);
		this.quotes = params.quoteApprovalPolicy ?? this.quotes;
		this.scheduledAt = params.scheduledAt ? asLocal(params.scheduledAt) : '';
		this.markdown = params.contentType === 'text/markdown';
		this.uploads = media.map((each) => Upload.of(this.session, each));
	}

	#answer(parent: Status): void {
		this.replyTo = parent;
		const names = participants(this.session, parent).map((each) => `@${each}`);
		this.text = names.length ? `${names.join(' ')} ${this.text}` : this.text;
		const own = WIDTH.indexOf(this.visibility);
		this.visibility = WIDTH[Math.max(own, WIDTH.indexOf(parent.visibility))]!;
		this.warning = parent.spoilerText;
		this.hasWarning = !!parent.spoilerText;
		this.localOnly = parent.localOnly ?? false;
	}

	/** Take over all that a deleted status said. */
	#redraft(status: Status): void {
		this.#takeOver(status);
		this.text = status.text ?? '';
		this.warning = status.spoilerText;
		this.hasWarning = !!status.spoilerText;
		this.localOnly = status.localOnly ?? false;
		this.markdown = status.contentType === 'text/markdown';
		if (status.inReplyToId) void this.#answerAgain(status.inReplyToId);
	}

	async #answerAgain(id: string): Promise<void> {
		this.replyTo = await this.session.rest.v1.statuses.$select(id).fetch();
	}

	#takeOver(status: Status): void {
		this.visibility = status.visibility;
		this.language = status.language ?? this.language;
		this.sensitive = status.sensitive;
		this.quote = quotedStatus(status);
		this.uploads = status.mediaAttachments.map((each) => Upload.of(this.session, each));
		if (!status.poll) return;
		this.poll = {
			options: status.poll.options.map((each) => each.title),
			expiresIn: DAY,
			multiple: status.poll.multiple
		};
	}

	#edit(status: Status): void {
		this.editing = status;
		this.#takeOver(status);
		this.quotes = quotesOf(status) ?? this.quotes;
		void this.startFrom(async () => {
			const source = await this.session.rest.v1.statuses.$select(status.id).source.fetch();
			this.text = source.text;
			this.warning = source.spoilerText;
			this.hasWarning = !!source.spoilerText;
			this.markdown = (source as { contentType?: string }).contentType === 'text/markdown';
		});
	}
}

/** Those whom an answer to `status` names at first: its author and whom it names, without oneself. */
export function participants(session: Session, status: Status): string[] {
	const people = [status.account, ...status.mentions].filter((each) => !session.isMe(each.id));
	return [...new Set(people.map((each) => each.acct.toLowerCase()))];
}

/** Who may quote a status of one's own (https://docs.joinmastodon.org/entities/QuoteApproval/). */
function quotesOf(status: Status): Quotes | undefined {
	const who = status.quoteApproval?.automatic;
	if (!who) return undefined;
	return who.includes('public') ? 'public' : who.includes('followers') ? 'followers' : 'nobody';
}

/** As <input type="datetime-local"> has it. */
function asLocal(iso: string): string {
	const time = new Date(iso);
	return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
