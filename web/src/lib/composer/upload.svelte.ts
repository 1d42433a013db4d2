/** A file on its way to the server, and what its author says about it. */
import { errorText } from '#lib/api/errors.ts';
import type { MediaAttachment } from '#lib/api/types.ts';
import type { Session } from '#lib/session/session.svelte.ts';

const POLL_MS = 1_500;

interface Uploaded {
	id: string;
	type: MediaAttachment['type'];
	url: string | null;
	preview_url: string | null;
}

export class Upload {
	/** Between 0 and 1. */
	progress = $state(0);
	id = $state<string | null>(null);
	type = $state<MediaAttachment['type']>('unknown');
	preview = $state('');
	description = $state('');
	/** Where the most important part is: x and y between -1 and 1. */
	focus = $state<{ x: number; y: number } | null>(null);
	error = $state('');
	processing = $state(false);
	#request: XMLHttpRequest | null = null;
	#described = '';

	constructor(
		private readonly session: Session,
		private readonly file: File | null
	) {
		if (!file) return;
		this.type = file.type.startsWith('video/')
			? 'video'
			: file.type.startsWith('audio/')
				? 'audio'
				: 'image';
		this.preview = this.type === 'image' ? URL.createObjectURL(file) : '';
		this.start();
	}

	/** What is at the server already, e.g. of a draft or of a post that is edited. */
	static of(session: Session, attachment: MediaAttachment): Upload {
		const upload = new Upload(session, null);
		upload.id = attachment.id;
		upload.type = attachment.type;
		upload.preview = attachment.previewUrl ?? '';
		upload.description = upload.#described = attachment.description ?? '';
		upload.progress = 1;
		return upload;
	}

	get name(): string {
		return this.file?.name ?? '';
	}

	/** Send the file (again). XMLHttpRequest, because fetch does not tell how far it is. */
	start(): void {
		if (!this.file) return;
		this.error = '';
		this.progress = 0;
		const request = new XMLHttpRequest();
		this.#request = request;
		request.open('POST', new URL('/api/v2/media', this.session.server));
		request.setRequestHeader('Authorization', `Bearer ${this.session.stored.token}`);
		request.responseType = 'json';
		request.upload.onprogress = (event) => {
			if (event.lengthComputable) this.progress = event.loaded / event.total;
		};
		request.onerror = () => (this.error = errorText(new TypeError('network')));
		request.onload = () => {
			if (request.status >= 400) {
				const message = (request.response as { error?: string } | null)?.error ?? '';
				this.error = errorText({ statusCode: request.status, message });
				return;
			}
			this.#take(request.response as Uploaded);
		};
		const form = new FormData();
		form.append('file', this.file);
		request.send(form);
	}

	/** Tell the server what was said about it since. */
	async save(): Promise<void> {
		if (!this.id || (this.description === this.#described && !this.focus)) return;
		await this.session.rest.v1.media.$select(this.id).update({
			description: this.description,
			...(this.focus ? { focus: `${this.focus.x},${this.focus.y}` } : {})
		});
		this.#described = this.description;
	}

	cancel(): void {
		this.#request?.abort();
		if (this.file && this.preview) URL.revokeObjectURL(this.preview);
	}

	#take(answer: Uploaded): void {
		this.progress = 1;
		this.id = answer.id;
		this.type = answer.type;
		if (answer.url) this.preview ||= answer.preview_url ?? '';
		else void this.#wait();
	}

	/** Films take a while at the server. */
	async #wait(): Promise<void> {
		this.processing = true;
		try {
			for (;;) {
				await new Promise((done) => setTimeout(done, POLL_MS));
				const media = await this.session.rest.v1.media.$select(this.id!).fetch();
				if (!media.url) continue;
				this.preview ||= media.previewUrl ?? '';
				return;
			}
		} catch (error) {
			this.error = errorText(error);
		} finally {
			this.processing = false;
		}
	}
}
